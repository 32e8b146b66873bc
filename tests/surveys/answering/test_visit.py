"""What a visit brings along and shows: earlier answers, hidden values, languages, kiosks, frames, QR codes."""

import json
import re
from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from forms_builder.models import Consent
from forms_builder.public.sealing import SALT
from records.models import Event, Record
from records.occasions import Occasion
from surveys.answering import completed, knocks, links
from surveys.models import Knock, Response
from tests.cast import create
from tests.surveys.surveying import (
    DONE,
    Respondent,
    invite,
    only,
    open_link,
    options,
    page,
    person,
    publish,
    question,
    rows,
    survey,
)

pytestmark = pytest.mark.django_db


def test_texts_tell_earlier_answers_and_the_record():
    more = question(
        "more", labels={"en": "You said {answer.how}, {person.given_name}{record.email}?"}
    )
    how = question("how", "single_choice", options={"options": options("slow", "fast")})
    end = {**DONE, "text": {"en": "Bye {answer.name}"}}
    publish(survey(steps=[page("one", how, question("name")), page("two", more)], ends=[end]))
    who = Respondent(invite(record=person(given_name="<b>Ana")).token)
    who.open()
    who.send(how="slow", name="<script>x")
    assert "You said Slow, &lt;b&gt;Ana?" in who.page.content.decode()
    who.send(more="")
    assert "Bye &lt;script&gt;x" in who.page.content.decode()


def test_an_open_link_knows_no_record():
    publish(survey("pulse", question("q", labels={"en": "Dear {person.given_name}!"})))
    who = Respondent(open_link().token)
    who.open()
    assert "Dear !" in who.text


def test_hidden_values_decide_and_stay_in_the_house():
    seen = {"field": "tier", "op": "eq", "value": "confidential-gold"}
    asked = survey(
        "pulse",
        question("tier", "hidden", options={"field": "code"}),
        question("from", "hidden", prefill="src"),
        question("wave", "hidden", prefill="wave"),
        question("vip", shown_when=seen),
        question("nps", "nps"),
        type="organisation",
    )
    publish(asked)
    company = create("organisation", name="Acme", code="confidential-gold")
    who = Respondent(invite(record=company, fixed={"wave": "secret-wave"}).token)
    who.open(src="fair")
    assert re.search(r'data-item="vip">', who.page.content.decode())
    assert "confidential-gold" not in who.page.content.decode()
    assert "secret-wave" not in str(signing.loads(who.fields["seal"], salt=SALT))
    who.send(nps="9", vip="Yes", tier="forged", wave="forged")
    assert only().fixed == {"tier": "confidential-gold", "from": "fair", "wave": "secret-wave"}
    # Whoever reads results asks the record for its own, with rights of their own.
    assert {row[0] for row in rows()} == {"from", "wave", "vip", "nps"}
    other = Respondent(open_link().token)
    other.open()
    assert re.search(r'data-item="vip" hidden', other.page.content.decode())
    logic = json.loads(re.search(r'id="logic"[^>]*>(.*?)</script>', other.page.content.decode())[1])
    (vip,) = [item for item in logic["items"] if item["key"] == "vip"]
    assert vip["shown"] == ["any", []]


def test_another_language_keeps_what_was_typed():
    titled = {"en": "Why", "el": "Γιατί"}
    publish(survey("pulse", question("nps", "nps"), question("why", labels=titled)))
    asked = invite(language="el")
    who = Respondent(asked.token)
    who.open()
    assert "Γιατί" in who.text and who.page["Content-Language"] == "el"
    who.send("lang:en", nps="4", why="Διότι")
    assert "Why" in who.text and who.fields["i-why"] == "Διότι" and who.fields["i-nps"] == ["4"]
    assert not Response.objects.exists()
    who.send()
    assert only().language == "en" and only().values == {"nps": "4", "why": "Διότι"}


def test_a_kiosk_begins_anew_and_forgets_the_last_person():
    steps = [page("one", question("nps", "nps")), page("two", question("why"))]
    publish(survey(steps=steps, settings={"idle": 45}))
    link = open_link(kind="kiosk")
    who = Respondent(link.token)
    assert "http-equiv" not in who.open().content.decode()
    who.send(nps="9")
    assert f'content="45; url=/s/{link.token}/?lang=en"' in who.page.content.decode()
    assert who.page.redirect_chain == []
    assert Respondent(only().token).open().status_code == 404
    who.send(why="Nice")
    assert "Thanks a lot" in who.text and 'content="15; url=' in who.page.content.decode()
    again = Respondent(link.token)
    again.open()
    assert "i-nps" not in again.fields and "Page 1 of 2" in again.text


def test_frames_are_for_those_whom_the_survey_names():
    publish(survey(settings={"embed": ["https://shop.example"]}))
    who = Respondent(open_link(kind="embed").token)
    who.open(embed="1")
    assert "frame-ancestors 'self' https://shop.example" in who.page["Content-Security-Policy"]
    assert "height.js" in who.text and "embed=1" in who.action
    who.open()
    assert "shop.example" not in who.page["Content-Security-Policy"]


def test_an_open_link_has_a_qr_code_and_an_invitation_none():
    publish(survey())
    client = Respondent(open_link().token)
    found = client.client.get(f"{client.path}qr.svg")
    assert found.status_code == 200 and found["Content-Type"] == "image/svg+xml"
    assert found.content.startswith(b"<svg") and b"<script" not in found.content
    assert client.client.get(f"/s/{invite().token}/qr.svg").status_code == 404


def test_addresses_for_mails_choose_an_answer():
    assert links.with_answer("tok", "nps", 9).endswith("/s/tok/?a=nps%3A9")
    assert links.preselected({"a": "nps:9"}) == ("nps", "9")
    assert links.preselected({"a": "q:a:b"}) == ("q", "a:b")


def test_whoever_listens_is_told_once_in_the_same_transaction(monkeypatch):
    told: list[object] = []
    monkeypatch.setattr(completed, "_listeners", {"test": lambda r, s: told.append((r.pk, s.key))})
    heard: list[Occasion] = []
    monkeypatch.setattr("records.occasions._listeners", {"test": heard.append})
    publish(survey())
    asked = invite()
    who = Respondent(asked.token)
    who.open()
    who.send(nps="9")
    Respondent(open_link(kind="test").token).open()
    row = only()
    assert told == [(row.pk, "pulse")]
    (occasion,) = heard
    assert (occasion.kind, occasion.record_ids) == ("survey_answered", [asked.record_id])
    assert (occasion.key, occasion.detail) == (f"survey:{row.pk}", {"survey": "pulse"})


def test_what_cannot_be_kept_whole_is_not_kept_at_all(monkeypatch):
    def broken(row: object, survey: object) -> None:
        raise RuntimeError("later work fails")

    monkeypatch.setattr(completed, "_listeners", {"test": broken})
    publish(survey())
    asked = invite()
    who = Respondent(asked.token)
    who.open()
    with pytest.raises(RuntimeError):
        who.send(nps="9")
    asked.refresh_from_db()
    assert only().status == "partial" and asked.completed_at is None and rows() == []


def test_a_consent_is_kept_for_whoever_answers():
    asked = question("news", "consent", options={"text": {"en": "Write to me"}, "purpose": "news"})
    publish(survey("pulse", question("nps", "nps"), asked))
    who = Respondent((invitation := invite()).token)
    who.open()
    who.send(nps="9", news="on")
    kept = Consent.objects.get()
    assert (kept.record_id, kept.purpose, kept.given) == (invitation.person_id, "news", True)
    assert (kept.text, kept.form, kept.item) == ("Write to me", "pulse", "news")


def test_answers_have_a_score():
    how = question("how", "single_choice", options={"options": options(good=5, bad=0)})
    publish(survey("pulse", how, question("r", "rating", options={"weight": 2}), question("t")))
    who = Respondent(open_link().token)
    who.open()
    who.send(how="good", r="4")
    assert only().score == 13.0


def test_who_looks_counts_few_queries(django_assert_max_num_queries):
    publish(survey())
    asked = invite()
    Respondent(asked.token).open()
    with django_assert_max_num_queries(5):
        Respondent(asked.token).open()


def test_answering_writes_no_record():
    publish(survey())
    asked = invite()
    before = (Record.unscoped.count(), Event.objects.count())
    who = Respondent(asked.token)
    who.open()
    who.send(nps="9")
    assert (Record.unscoped.count(), Event.objects.count()) == before


def test_where_somebody_answered_from_is_forgotten():
    old = timezone.now() - timedelta(hours=9)
    Knock.objects.create(sender="x", hour=old, count=3)
    Knock.objects.create(sender="y", hour=timezone.now(), count=1)
    assert knocks.forget() == 1 and Knock.objects.get().sender == "y"
