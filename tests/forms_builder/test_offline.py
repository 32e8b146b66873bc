"""Forms filled in without a connection: what a browser is given for them, and what becomes of what it sends."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm_config import payload, publication
from crm_config.models import User
from forms_builder.models import Submission
from records.models import Event, Record
from tests import company as small
from tests.cast import Cast, create
from tests.forms_builder.forms import form, item, publish
from tests.kept import kept
from tests.records.screens import browser, text_of
from tests.workflows.procedures.rules import procedure
from tests.workflows.procedures.rules import publish as publish_rules

pytestmark = pytest.mark.django_db
KEY = "0b6c2c1e-0000-4000-8000-00000000aaaa"


def visit(**more: Any) -> dict[str, Any]:
    """On organisations, with a field that sales may not read and one that is asked for at times."""
    return form(
        "visit",
        item("name", required=True),
        item("sector"),
        item(
            "headcount",
            required_when={"field": "sector", "op": "eq", "value": "it"},
            shown_when={"field": "sector", "op": "is_set"},
        ),
        item("margin", default=918273645),
        type="organisation",
        channel="staff",
        settings={"offline": True},
        **more,
    )


def report() -> dict[str, Any]:
    return form(
        "report",
        item("given_name"),
        item("family_name", required=True),
        item("company"),
        channel="staff",
        settings={"offline": True},
    )


@kept
def forms(cast: Cast) -> None:
    on_paper = form("paper", item("family_name"), channel="staff")
    publish(visit(), report(), on_paper)


def kit(user: User) -> Any:
    return browser(user).get(reverse("forms:offline_kit")).json()


def send(
    who: User | Client,
    form_key: str = "visit",
    *,
    key: str = KEY,
    user: User | None = None,
    acknowledged: Any = None,
    **typed: str,
) -> Any:
    client = who if isinstance(who, Client) else browser(who)
    owner = user or (who if isinstance(who, User) else None)
    assert owner is not None
    values = "&".join(f"i-{name}={value}" for name, value in typed.items())
    body = {"user": owner.pk, "form": form_key, "key": key, "values": values, "language": "en"}
    return client.post(
        reverse("forms:offline_send"),
        json.dumps({**body, "acknowledged": acknowledged or {}}),
        content_type="application/json",
    )


def test_each_person_is_given_the_marked_forms_that_they_may_create_by(cast: Cast, forms: None):
    assert {f["key"] for f in kit(cast.owner)["forms"]} == {"visit", "report"}
    assert kit(cast.teammate)["forms"] == []
    assert kit(cast.owner)["user"] == cast.owner.pk


def test_it_holds_nothing_of_fields_that_its_person_may_not_fill_in(cast: Cast, forms: None):
    given = json.dumps(kit(cast.owner))
    assert "918273645" not in given and "Margin" not in given
    assert "918273645" in json.dumps(kit(cast.administrator))


def test_links_offer_what_their_person_has_at_hand(cast: Cast, forms: None) -> None:
    mine = create("organisation", cast.owner, name="Near & dear")
    create("organisation", cast.stranger, name="Zyx far away")
    given = next(f for f in kit(cast.owner)["forms"] if f["key"] == "report")
    assert "Near &amp; dear" in given["html"] and f'value="{mine}"' in given["html"]
    assert "Zyx" not in given["html"]


def test_what_is_sent_is_written_as_its_person(cast: Cast, forms: None) -> None:
    answer = send(cast.owner, name="Fair+guest", sector="it", headcount="7")
    assert answer.status_code == 201 and answer.json()["title"] == "Fair guest"
    record = Record.unscoped.get()
    assert (record.owner, record.data["headcount"]) == (cast.owner, 7)
    event = Event.objects.get(record_id=record.pk)
    assert (event.actor, event.channel, event.reason) == (cast.owner, "screen", "Visit")
    sent = Submission.objects.get()
    # The answers stand in the record, for those who may read them there.
    assert (sent.channel, sent.status, sent.values) == ("staff", "accepted", {})


def test_sent_twice_it_is_written_once(cast: Cast, forms: None) -> None:
    first, again = (send(cast.owner, name="Once") for _n in range(2))
    assert first.json() == again.json() and again.status_code == 201
    assert Record.unscoped.count() == 1


def test_changed_after_it_was_sent_it_is_told_so(cast: Cast, forms: None) -> None:
    send(cast.owner, name="Before")
    answer = send(cast.owner, name="After")
    assert answer.status_code == 409 and "before you changed it" in answer.json()["why"]
    assert Record.unscoped.get().title == "Before"


def test_nothing_is_sent_as_somebody_else(cast: Cast, forms: None) -> None:
    assert send(cast.owner, user=cast.stranger, name="Theirs").status_code == 409
    assert send(Client(), user=cast.owner, name="Nobody").status_code == 302
    # The same key of two persons is two keys.
    assert send(cast.owner, name="Mine").status_code == 201
    assert send(cast.stranger, name="Theirs").status_code == 201
    assert Record.unscoped.count() == 2


def test_who_may_not_create_them_sends_nothing(cast: Cast, forms: None) -> None:
    answer = send(cast.teammate, name="X")
    assert answer.status_code == 422 and answer.json()["reasons"]
    assert send(cast.owner, "paper", family_name="X").status_code == 422
    assert not Record.unscoped.exists() and not Submission.objects.exists()


def test_a_field_that_one_may_not_write_is_not_written(cast: Cast, forms: None) -> None:
    assert send(cast.owner, name="N", margin="4711").status_code == 201
    assert "margin" not in Record.unscoped.get().data


def test_the_logic_holds_when_it_is_sent(cast: Cast, forms: None) -> None:
    answer = send(cast.owner, name="N", sector="it")
    assert answer.status_code == 422 and set(answer.json()["errors"]) == {"headcount"}
    hidden = send(cast.owner, name="N", headcount="12", key="another-key")
    assert hidden.status_code == 201 and "headcount" not in Record.unscoped.get().data


def test_what_only_the_gate_knows_is_told_at_its_question_and_mended(cast: Cast) -> None:
    publish(form("code", item("name"), item("code"), type="organisation", channel="staff",
                 settings={"offline": True}))  # fmt: skip
    create("organisation", name="Other", code="X-1")
    answer = send(cast.owner, "code", name="N", code="x-1")
    assert answer.status_code == 422 and set(answer.json()["errors"]) == {"code"}
    assert not Submission.objects.exists()
    assert send(cast.owner, "code", name="N", code="x-2").status_code == 201


def test_a_link_to_what_one_does_not_see_is_refused(cast: Cast, forms: None) -> None:
    unseen = create("organisation", cast.stranger, name="Zyx")
    answer = send(cast.owner, "report", family_name="N", company=str(unseen))
    assert answer.status_code == 422 and "company" in answer.json()["errors"]
    assert "Zyx" not in text_of(answer)


def test_a_warning_is_gone_past_with_a_reason(cast: Cast) -> None:
    rule = procedure(
        mode="warn",
        type="organisation",
        moments=["create"],
        when=None,
        must={"field": "sector", "op": "is_set"},
    )
    publish_rules(rule)
    loaded = {**payload.dump(), "forms": [visit()]}
    payload.load(loaded, replace=True)
    publication.publish(user=None, reason="form")
    first = send(cast.owner, name="N")
    assert first.status_code == 422
    [(named, message)] = first.json()["warnings"].items()
    assert named.startswith("procedures:") and message
    assert send(cast.owner, name="N", acknowledged={named: "At the fair"}).status_code == 201


def test_what_cannot_be_sent_is_refused_as_it_comes(cast: Cast, forms: None) -> None:
    client, address = browser(cast.owner), reverse("forms:offline_send")
    for body in (b"", b"[]", b'{"user": 1}', b"\xff", b"x" * (1024 * 1024 + 1)):
        answer = client.post(address, body, content_type="application/json")
        assert answer.status_code == 404, body[:20]
    assert send(cast.owner, key="short", name="N").status_code == 404
    assert not Record.unscoped.exists()


def test_who_looks_as_somebody_gets_no_kit(cast: Cast, forms: None) -> None:
    client = browser(cast.administrator)
    client.post(reverse("look_as:index"), {"who": f"user:{cast.owner.pk}"})
    assert client.get(reverse("forms:offline_kit")).status_code == 404


def test_the_worker_rules_over_the_screens_of_staff_alone(cast: Cast, forms: None) -> None:
    answer = Client().get(reverse("offline_worker"), {"lang": "el"})
    assert answer["Service-Worker-Allowed"] == "/admin/" and answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "/offline/shell/?lang=el" in text_of(answer)
    assert "<script" not in text_of(Client().get(reverse("offline_worker"), {"lang": "</script>"}))


def test_the_shell_is_the_same_for_everybody(cast: Cast, forms: None) -> None:
    mine, nobodys = browser(cast.owner), Client()
    pages = [text_of(client.get(reverse("offline_shell"))) for client in (mine, nobodys)]
    assert pages[0] == pages[1] and "visit" not in pages[0].lower()


def test_a_required_item_that_needs_the_server_is_no_form_for_the_road(cast: Cast) -> None:
    company = {**small.small_company(), "forms": [visit()]}
    company["forms"][0]["steps"][0]["sections"][0]["items"].append(
        item("owner", required=True, options={"field": "owner"})
    )
    payload.load(company, replace=True)
    said = [str(p.message) for p in publication.check(payload.dump())]
    assert any("cannot be filled in without a connection" in message for message in said)


def test_the_packs_mark_lead_intake_and_visit_report() -> None:
    packs = [json.loads(p.read_text()) for p in Path("fixtures/packs").glob("*.json")]
    marked = {
        f["key"] for p in packs for f in p.get("forms", ()) if f.get("settings", {}).get("offline")
    }
    assert marked == {"visit_report", "lead_intake"}
