"""Procedures in the studio: written, told in plain words, archived, deleted, and by administrators alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm_config import payload, publication
from crm_config.working_copy.reading import WorkingCopy
from records import services
from records.access import Access
from records.gate import Change
from tests.cast import Cast
from tests.crm_config.studio import client_of, messages_of
from tests.workflows.procedures.rules import MUST, WHEN, procedure, process, publish
from workflows.models import Procedure

pytestmark = pytest.mark.django_db


def url(name: str, *args: str) -> str:
    return reverse(f"procedures_studio:{name}", args=args)


def form(**more: Any) -> dict[str, Any]:
    given = {
        "labels_en": "Won deals have a date",
        "message_en": "Say when.",
        "message_el": "Πείτε πότε.",
        "moments": ["create", "change"],
        "when": json.dumps(WHEN),
        "must": json.dumps(MUST),
        "mode": "block",
    }
    return {**given, **more}


def raw(key: str) -> Any:
    return next(each for each in payload.dump()["procedures"] if each["key"] == key)


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {name: list(found) for name, found in response.context["form"].errors.items()}


@pytest.fixture
def studio(cast: Cast) -> Client:
    publish(approvals=[process(), process("gone", retired=True), process("other", type="person")])
    return client_of(cast.administrator)


@pytest.fixture
def dated(cast: Cast) -> Client:
    publish(procedure(mode="approve", approval="boss"), approvals=[process()])
    return client_of(cast.administrator)


def test_a_procedure_is_written_published_and_held(studio: Client, cast: Cast) -> None:
    assert studio.get(url("add", "deal")).status_code == 200
    answer = studio.post(url("add", "deal"), form())
    assert answer["Location"].endswith("#tab-rules")
    assert messages_of(answer) == [
        "The procedure Won deals have a date was added. It holds once it is published."
    ]
    assert raw("won_deals_have_a_date") == {
        "key": "won_deals_have_a_date",
        "type": "deal",
        "labels": {"en": "Won deals have a date"},
        "message": {"en": "Say when.", "el": "Πείτε πότε."},
        "moments": ["create", "change"],
        "when": WHEN,
        "must": MUST,
    }
    publication.publish(user=cast.administrator)
    change = Change("create", type="deal", values={"name": "D", "won": True})
    outcome = services.execute_one(change, access=Access.of(cast.administrator), channel="screen")
    assert [str(refusal.message) for refusal in outcome.refusals] == ["Say when."]


def test_the_types_page_tells_them_in_plain_words(dated: Client) -> None:
    page = dated.get(reverse("studio:type", args=["deal"])).content.decode()
    assert "Won deals have a date" in page and "when a record is created" in page
    assert "It must hold that: Close date is filled in" in page.replace("&quot;", '"')
    assert "Somebody else must approve it." in page
    other = dated.get(reverse("studio:type", args=["person"])).content.decode()
    assert "No procedures yet" in other


def test_opening_and_saving_it_changes_nothing(dated: Client) -> None:
    page = dated.get(url("procedure", "dated"))
    known = page.context["form"].initial
    assert (known["moments"], known["mode"], known["approval"]) == (
        ["create", "change"],
        "approve",
        "boss",
    )
    same = form(mode="approve", approval="boss", message_en="Say when it was won.")
    dated.post(url("procedure", "dated"), {**same, "message_el": "Πείτε πότε κερδήθηκε."})
    assert list(WorkingCopy().changes) == []


def test_it_is_changed_and_keeps_its_key(dated: Client) -> None:
    answer = dated.post(
        url("procedure", "dated"), form(labels_en="Dated", moments=["transition"], key="else")
    )
    assert messages_of(answer) == ["The procedure Dated was saved."]
    found = raw("dated")
    assert (found["labels"], found["moments"]) == ({"en": "Dated"}, ["transition"])
    assert "approval" not in found


def test_it_may_be_about_all_records_and_ask_what_changed(studio: Client, cast: Cast) -> None:
    given = form(key="kept", when="", must=json.dumps({"not": {"changed": "amount"}}))
    studio.post(url("add", "deal"), given)
    found = raw("kept")
    assert "when" not in found and found["must"] == {"not": {"changed": "amount"}}
    publication.publish(user=cast.administrator)


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"labels_en": ""}, "labels", "name"),
        ({"moments": []}, "moments", "moments"),
        ({"moments": ["never"]}, "moments", "never"),
        ({"must": ""}, "must", "at least one"),
        ({"must": '{"field": "gone", "op": "is_set"}'}, "must", "gone"),
        ({"when": "{"}, "when", "JSON"),
        ({"mode": "pray"}, "mode", "pray"),
        ({"mode": "approve"}, "approval", "which process"),
        ({"mode": "approve", "approval": "gone"}, "approval", "gone"),
        ({"mode": "approve", "approval": "other"}, "approval", "other"),
        ({"key": "No Key"}, "key", "small letters"),
        (
            {"moments": ["nightly"], "must": '{"not": {"changed": "amount"}}'},
            "moments",
            "each night",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    studio: Client, more: dict[str, Any], field: str, said: str
) -> None:
    answer = studio.post(url("add", "deal"), form(**{"message_en": "Typed before", **more}))
    found = errors(answer)
    assert list(found) == [field] and said in " ".join(found[field])
    assert "Typed before" in answer.content.decode()
    assert not Procedure.objects.exists()


def test_a_key_is_not_taken_twice(dated: Client) -> None:
    assert errors(dated.post(url("add", "deal"), form(key="dated"))) == {
        "key": ["This key is taken."]
    }
    dated.post(url("add", "deal"), form(labels_en="Dated"))
    assert set(Procedure.objects.values_list("key", flat=True)) == {"dated", "dated_2"}


def test_it_is_archived_and_restored(dated: Client) -> None:
    for archived in (True, False):
        dated.post(url("archive", "dated"))
        assert Procedure.objects.get().retired is archived
        page = dated.get(url("procedure", "dated")).content.decode()
        assert ("nothing holds it" in page) is archived


def test_it_is_deleted_after_asking(dated: Client) -> None:
    asked = dated.get(url("delete", "dated")).content.decode()
    assert "archive it instead" in asked and Procedure.objects.exists()
    assert messages_of(dated.post(url("delete", "dated"))) == [
        "The procedure Won deals have a date was deleted."
    ]
    assert not Procedure.objects.exists()


def test_what_uses_a_field_leads_to_the_procedure(dated: Client) -> None:
    page = dated.get(reverse("studio:field", args=["deal", "close_date"])).content.decode()
    assert url("procedure", "dated") in page


@pytest.mark.parametrize("who", ["manager", "owner", "outsider"])
def test_only_administrators_write_procedures(dated: Client, cast: Cast, who: str) -> None:
    client = client_of(cast.everyone()[who])
    before = payload.dump()
    pages = [url("add", "deal"), *(url(name, "dated") for name in ("procedure", "delete"))]
    assert all(client.get(page).status_code in (302, 403) for page in pages)
    for page in (*pages, url("archive", "dated")):
        client.post(page, form())
    assert payload.dump() == before


def test_what_is_not_there_is_not_found(dated: Client) -> None:
    assert dated.get(url("add", "gone")).status_code == 404
    assert dated.get(url("procedure", "gone")).status_code == 404
