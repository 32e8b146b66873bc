"""Of whoever is erased no word stays, and everything that is counted does."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.documents import get_document_model

from jobs.services import run_pending
from records import services as gate
from records.access import Access
from records.gate import Change
from records.models import ContactEntry
from surveys.following import services
from surveys.models import Answer, FollowUp, FollowUpStep, Invitation, Response
from tests import company as small
from tests.cast import Cast
from tests.surveys.following.following import answer, company, followed, publish, somebody
from tests.surveys.surveying import Respondent, invite, options, question

pytestmark = pytest.mark.django_db

#: No id, count or token holds it.
SAID = "Zwiebelfisch übel"
MODELS = (Response, Answer, FollowUp, FollowUpStep, Invitation, ContactEntry)


def erase(*ids: int) -> None:
    changes = [Change("delete", id=pk) for pk in ids]
    gate.execute_or_raise(changes, access=Access.system(), channel="system")
    run_pending()


def kept() -> str:
    """All that is stored, as it is stored."""
    return "".join(
        serializers.serialize("json", model._default_manager.all(), ensure_ascii=False)
        for model in MODELS
    )


def ask_much(cast: Cast) -> int:
    """A survey of each kind that holds words."""
    raw = company()
    items = [
        question("nps", "nps", required=True),
        question("why", "long_text"),
        question("short", "short_text"),
        question("reach", "contact", options={"asks": ["name", "email"]}),
        question("born", "date"),
        question("best", "single_choice", options={"options": options("price", "taste"), "other": True}),
        question("proof", "file", options={"types": ["pdf"]}),
        {"key": "code", "kind": "hidden", "options": {}, "labels": {"en": "Code"}},
    ]  # fmt: skip
    raw["surveys"][0]["steps"][0]["sections"][0]["items"] = items
    small.publish(company=raw)
    return somebody(cast)


def test_words_of_answers_go_and_counts_stay(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    pk = ask_much(cast)
    who = Respondent(invite("pulse", pk, fixed={"code": SAID}).token)
    who.open()
    file = SimpleUploadedFile("bill.pdf", b"%PDF-1.4 bill", content_type="application/pdf")
    typed = {"i-reach-name": SAID, "i-reach-email": "zwiebelfisch@example.com"}
    who.send(
        nps="3",
        why=SAID,
        short=SAID,
        born="1987-06-05",
        best="price",
        files={"proof": file},
        **typed,
    )
    run_pending()
    row = Response.objects.get()
    assert row.status == "completed" and SAID in kept() and get_document_model().objects.exists()
    assert {"why", "short", "reach", "best", "proof"} <= set(
        row.answers.values_list("question", flat=True)
    )
    before = Answer.objects.count()
    erase(pk)
    assert SAID not in kept() and "zwiebelfisch" not in kept() and "1987-06-05" not in kept()
    row.refresh_from_db()
    assert row.values.keys() == {"nps", "best"} and row.files == {} and row.fixed == {}
    assert Answer.objects.count() == before
    assert Answer.objects.get(question="nps").number == 3
    assert Answer.objects.get(question="best").option == "price"
    assert not get_document_model().objects.exists() and not list(tmp_path.rglob("*.pdf"))


def test_words_about_them_go_and_the_follow_up_stays(cast: Cast) -> None:
    row = followed(cast)
    access = Access.of(cast.owner)
    services.note(row, f"Called: {SAID}", access=access)
    services.close(row, f"Back again, {SAID}", access=access)
    FollowUp.objects.update(problems=[SAID])
    assert SAID in kept()
    assert row.record_id is not None
    erase(row.record_id)
    assert SAID not in kept()
    row.refresh_from_db()
    assert (row.status, row.outcome, row.record_id, row.closed_by) == (
        "closed",
        "",
        None,
        cast.owner,
    )
    assert list(row.steps.values_list("what", flat=True)) == ["made", "noted", "closed"]
    assert [a.number for a in row.response.answers.filter(question="nps")] == [3]


def test_what_was_begun_and_what_is_being_changed_goes(cast: Cast) -> None:
    publish()
    first, second = somebody(cast), somebody(cast)
    for pk in (first, second):
        answer(pk)
    Response.objects.filter(person=first).update(status="partial", values={"why": SAID})
    Answer.objects.filter(response__person=first).delete()
    Response.objects.filter(person=second).update(
        editing={"values": {"why": SAID}, "files": {}}, sender=SAID
    )
    erase(first, second)
    assert SAID not in kept()
    assert [r.values for r in Response.objects.order_by("pk")] == [{}, {"nps": "3"}]


def test_what_mail_servers_said_and_why_a_budget_was_passed_over_goes(cast: Cast) -> None:
    publish()
    pk = somebody(cast)
    invite("pulse", pk, status="bounced", why=SAID, fixed={"x": SAID})
    line = ContactEntry.objects.create(
        record_id=pk, kind="survey", what="survey:pulse", at=timezone.now(), override=SAID
    )
    erase(pk)
    assert SAID not in kept()
    line.refresh_from_db()
    assert line.override == "–"


def test_of_others_everything_stays(cast: Cast) -> None:
    publish()
    gone, there = somebody(cast), somebody(cast)
    answer(gone, why="Not to be found again")
    answer(there, why=SAID)
    erase(gone)
    assert SAID in kept() and "Not to be found" not in kept()


def test_a_request_that_goes_takes_no_words_of_whoever_is_still_there(cast: Cast) -> None:
    publish()
    about, person = somebody(cast), somebody(cast)
    asked = invite("pulse", about, person_id=person)
    who = Respondent(asked.token)
    who.open()
    who.send(nps="3", why=SAID)
    erase(about)
    assert SAID in kept()
    erase(person)
    assert SAID not in kept()


def test_what_is_not_deleted_after_all_keeps_its_words(cast: Cast) -> None:
    row = followed(cast)
    assert row.record_id is not None
    changes = [Change("delete", id=row.record_id), Change("delete", id=1)]
    assert not gate.execute(changes, access=Access.system(), channel="system").ok
    assert Answer.objects.get(question="why").text == "Slow"


def test_the_old_address_leads_nowhere(cast: Cast) -> None:
    publish()
    pk = somebody(cast)
    who = Respondent(invite("pulse", pk).token)
    assert who.open().status_code == 200
    erase(pk)
    who.send(nps="3", why=SAID)
    assert SAID not in kept() and who.open().status_code == 404
