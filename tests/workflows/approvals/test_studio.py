"""Approval processes in the studio: written with their steps, archived, deleted, and by administrators alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm_config import payload, publication
from crm_config.working_copy.reading import WorkingCopy
from tests import company as small
from tests.cast import Cast
from tests.crm_config.studio import client_of, messages_of
from tests.workflows.procedures.rules import procedure, process, publish
from workflows.models import ApprovalProcess

pytestmark = pytest.mark.django_db

FULL = [
    {
        "key": "leads",
        "labels": {"en": "Leads", "fr": "Chefs"},
        "approvers": [{"team_lead_of": "owner"}, {"user": "manager"}],
        "needs": "n",
        "n": 2,
        "due_hours": 24,
        "escalate_to": [{"role": "administrator"}, {"user": "owner"}],
    },
    {"key": "last", "approvers": [{"field": "inspector"}], "needs": "all"},
]


def url(name: str, *args: str) -> str:
    return reverse(f"approvals_studio:{name}", args=args)


def form(*steps: dict[str, Any], known: int = 0, **more: Any) -> dict[str, Any]:
    given = {
        "labels_en": "The boss agrees",
        "order": "sequence",
        "different_from_requester": "on",
        "steps-TOTAL_FORMS": len(steps) + 2,
        "steps-INITIAL_FORMS": known,
    }
    blank = {"needs": "any", "ORDER": ""}
    for n, step in enumerate((*steps, {}, {})):
        given |= {f"steps-{n}-{name}": value for name, value in {**blank, **step}.items()}
    return {**given, **more}


def step(**more: Any) -> dict[str, Any]:
    return {"labels_en": "First", "approvers": ["role:manager"], **more}


def raw(key: str) -> Any:
    return next(each for each in payload.dump()["approvals"] if each["key"] == key)


def shown(client: Client, key: str) -> dict[str, Any]:
    """What a browser would send back of the form as it is shown."""
    page = client.get(url("process", key)).context["form"]
    bound = [*page, *(field for each in page.steps for field in each)]
    bound += list(page.steps.management_form)
    said: dict[str, Any] = {}
    for field in bound:
        value = field.value()
        if isinstance(value, dict):
            said |= {f"{field.html_name}_{code}": text for code, text in value.items()}
        elif value not in (None, False):
            said[field.html_name] = value
    return said


@pytest.fixture
def studio(cast: Cast) -> Client:
    return client_of(cast.administrator)


@pytest.fixture
def full(cast: Cast) -> Client:
    company = small.small_company()
    company["approvals"] = [process(steps=FULL, order="parallel", different_from_requester=False)]
    inspected = small.deal()
    inspected["fields"].append(small.field("inspector", "user"))
    small.publish(inspected, company=company)
    return client_of(cast.administrator)


def test_it_is_in_the_menu_and_says_what_it_is_for(studio: Client) -> None:
    page = studio.get(url("all")).content.decode()
    assert "No approval processes yet" in page
    assert url("all") in studio.get(reverse("wagtailadmin_home")).content.decode()
    assert url("add", "deal") in studio.get(url("types")).content.decode()


def test_a_process_is_written_and_published(studio: Client, cast: Cast) -> None:
    assert studio.get(url("add", "deal")).status_code == 200
    second = step(
        labels_en="Second",
        approvers=["team_lead_of:team"],
        people="owner, manager",
        needs="n",
        n=2,
        due_hours=8,
        escalate_to=["role:administrator"],
    )
    answer = studio.post(url("add", "deal"), form(step(), second))
    assert messages_of(answer) == [
        "The approval process The boss agrees was added. Procedures may ask by it now."
    ]
    assert raw("the_boss_agrees") == {
        "key": "the_boss_agrees",
        "type": "deal",
        "labels": {"en": "The boss agrees"},
        "steps": [
            {"key": "first", "labels": {"en": "First"}, "approvers": [{"role": "manager"}]},
            {
                "key": "second",
                "labels": {"en": "Second"},
                "approvers": [{"team_lead_of": "team"}, {"user": "owner"}, {"user": "manager"}],
                "needs": "n",
                "n": 2,
                "due_hours": 8,
                "escalate_to": [{"role": "administrator"}],
            },
        ],
    }
    publication.publish(user=cast.administrator)


def test_opening_and_saving_it_changes_nothing(full: Client) -> None:
    answer = full.post(url("process", "boss"), shown(full, "boss"))
    assert messages_of(answer) == ["The approval process The boss agrees was saved."]
    assert list(WorkingCopy().changes) == []


def test_the_list_tells_the_steps_in_words(full: Client) -> None:
    page = full.get(url("all")).content.decode()
    assert "2 of them, within 24 hours" in page
    assert "whom “Inspector” names: All of them" in page


def test_steps_change_places_and_go_and_keep_their_keys(full: Client) -> None:
    said = {**shown(full, "boss"), "steps-0-ORDER": 2, "steps-1-ORDER": 1}
    full.post(url("process", "boss"), said)
    assert [each["key"] for each in raw("boss")["steps"]] == ["last", "leads"]
    full.post(url("process", "boss"), {**shown(full, "boss"), "steps-0-DELETE": "on"})
    assert [each["key"] for each in raw("boss")["steps"]] == ["leads"]


def test_a_step_without_a_name_gets_a_key(studio: Client) -> None:
    studio.post(url("add", "deal"), form(step(labels_en=""), step(labels_en="")))
    assert [each["key"] for each in raw("the_boss_agrees")["steps"]] == ["step", "step_2"]


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"approvers": []}, "approvers", "asks nobody"),
        ({"approvers": ["role:gone"]}, "approvers", "role:gone"),
        ({"people": "manager, nobody"}, "people", "user name: nobody"),
        ({"needs": "n"}, "n", "how many"),
        ({"needs": "n", "n": "many"}, "n", "whole number"),
        ({"needs": "most"}, "needs", "most"),
        ({"due_hours": 0}, "due_hours", "1"),
        ({"escalate_to": ["user:owner"]}, "escalate_to", "user:owner"),
    ],
)
def test_what_is_wrong_with_a_step_is_said_and_what_was_typed_stays(
    studio: Client, more: dict[str, Any], field: str, said: str
) -> None:
    answer = studio.post(url("add", "deal"), form(step(**{"labels_en": "Typed before", **more})))
    assert answer.status_code == 200 and "Typed before" in answer.content.decode()
    errors = answer.context["form"].steps.errors[0]
    assert list(errors) == [field] and said in " ".join(errors[field])
    assert said.split()[-1] in answer.content.decode()
    assert not ApprovalProcess.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [({"labels_en": ""}, "labels"), ({"order": "chaos"}, "order"), ({"key": "No Key"}, "key")],
)
def test_what_is_wrong_with_the_process_is_said(
    studio: Client, more: dict[str, Any], field: str
) -> None:
    answer = studio.post(url("add", "deal"), form(step(), **more))
    assert list(answer.context["form"].errors) == [field]


def test_it_needs_a_step(studio: Client) -> None:
    answer = studio.post(url("add", "deal"), form())
    assert "It needs at least one step." in answer.content.decode()
    assert not ApprovalProcess.objects.exists()


def test_rows_that_came_broken_are_refused(studio: Client) -> None:
    said = {k: v for k, v in form(step()).items() if "FORMS" not in k}
    assert studio.post(url("add", "deal"), said).status_code == 200
    assert not ApprovalProcess.objects.exists()


def test_it_is_archived_and_restored_unless_something_asks_by_it(cast: Cast) -> None:
    publish(approvals=[process()])
    client = client_of(cast.administrator)
    for archived in (True, False):
        client.post(url("archive", "boss"))
        assert ApprovalProcess.objects.get().retired is archived
    publish(procedure(mode="approve", approval="boss"), approvals=[process()])
    answer = client.post(url("archive", "boss"))
    assert "re-point it first" in messages_of(answer)[-1]
    assert not ApprovalProcess.objects.get().retired
    page = client.get(url("process", "boss")).content.decode()
    assert reverse("procedures_studio:procedure", args=["dated"]) in page


def test_it_is_deleted_unless_something_asks_by_it(cast: Cast) -> None:
    publish(procedure(mode="approve", approval="boss"), approvals=[process()])
    client = client_of(cast.administrator)
    assert "Change these first" in client.post(url("delete", "boss")).content.decode()
    assert ApprovalProcess.objects.exists()
    publish(approvals=[process()])
    assert messages_of(client.post(url("delete", "boss"))) == [
        "The approval process The boss agrees was deleted."
    ]
    assert not ApprovalProcess.objects.exists()


@pytest.mark.parametrize("who", ["manager", "owner", "outsider"])
def test_only_administrators_write_processes(full: Client, cast: Cast, who: str) -> None:
    client, before = client_of(cast.everyone()[who]), payload.dump()
    pages = [url("all"), url("types"), url("add", "deal"), url("process", "boss")]
    pages.append(url("delete", "boss"))
    assert all(client.get(page).status_code in (302, 403) for page in pages)
    for page in (*pages, url("archive", "boss")):
        client.post(page, form(step()))
    assert payload.dump() == before


def test_what_is_not_there_is_not_found(full: Client) -> None:
    assert full.get(url("add", "gone")).status_code == 404
    assert full.get(url("process", "gone")).status_code == 404
