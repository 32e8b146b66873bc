"""Forms of their own for moving to a stage, for what came of an activity, and before a button that converts."""

from typing import Any

import pytest
from django.urls import reverse

from records.models import Record
from tests import company as small
from tests.cast import Cast, create
from tests.forms_builder.layouts.staff import item, staff
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url
from tests.workflows.automations.making import action, automation
from tests.workflows.pipelines.world import company, stage_of
from tests.workflows.todo.world import task, with_activities
from workflows.pipelines.parts import move_url

pytestmark = pytest.mark.django_db
BUTTON = automation(
    "convert",
    action(
        "c",
        "convert",
        targets={"person": {"type": "person", "values": {"family_name": {"from": "name"}}}},
    ),
    trigger={"kind": "button"},
    condition={"not": {"field": "won", "op": "is_true"}},
)
LOSING = {"used_for": ["transition"], "into": ["lost"]}


def losing(*more: Any, **said: Any) -> dict[str, Any]:
    return staff(
        item("tags", required=True), *more, key="losing", settings=said.pop("settings", LOSING)
    )


@kept
def world(cast: Cast) -> None:
    found = company(automations=[BUTTON])
    found["forms"] = [
        losing(),
        staff(item("won"), key="moving", settings={"used_for": ["transition"]}),
        staff(
            item("name"),
            item("tags", required=True),
            key="before",
            settings={"used_for": ["conversion"], "stages": ["new"]},
        ),
        staff(
            item("outcome", required=True, labels={"en": "How did it go?"}),
            key="after_call",
            type="call",
            settings={"used_for": ["outcome"]},
        ),
    ]
    small.publish(company=with_activities(found))


def data(pk: int) -> dict[str, Any]:
    return Record.unscoped.get(pk=pk).data


def test_the_form_for_the_stage_goes_before_the_one_for_all_moves(cast: Cast, world: None) -> None:
    deal = create("deal", cast.owner, name="D")
    client = browser(cast.owner)
    lost = client.get(move_url(deal, "lost"), **PART).context["form"]
    assert list(lost.fields) == ["tags", "close_date"]
    offer = client.get(move_url(deal, "offer"), **PART).context["form"]
    assert list(offer.fields) == ["won", "amount"]


def test_what_it_requires_holds_the_move(cast: Cast, world: None) -> None:
    deal = create("deal", cast.owner, name="D")
    client, address = browser(cast.owner), move_url(deal, "lost")
    refused = client.post(address, {"stage": "lost", "f-close_date": "2026-01-01"}, **PART)
    assert "tags" in refused.context["form"].errors and stage_of(deal) == "new"
    given = {"stage": "lost", "f-close_date": "2026-01-01", "f-tags": ["hot"]}
    assert client.post(address, given, **PART).status_code == 204
    assert stage_of(deal) == "lost" and data(deal)["tags"] == ["hot"]


def test_a_dragged_card_asks_it_first(cast: Cast, world: None) -> None:
    deal = create("deal", cast.owner, name="D", amount="50 EUR", close_date="2026-01-01")
    to = f"{move_url(deal)}?from=board&stage=lost"
    refused = browser(cast.owner).post(to, {"stage": "lost", "dragged": "1"}, **PART)
    assert refused.status_code == 422 and "Tags" in text_of(refused) and stage_of(deal) == "new"


def test_what_came_of_an_activity_is_asked_by_its_form(cast: Cast, world: None) -> None:
    pk = task(cast.owner, -1, kind="call", subject="Call Firm")
    client, address = browser(cast.owner), reverse("todo:done", args=[pk])
    asked = client.get(address)
    assert list(asked.context["form"].fields) == ["outcome"]
    assert "How did it go?" in text_of(asked)
    refused = client.post(address, {})
    assert "outcome" in refused.context["form"].errors and "done" not in data(pk)
    assert client.post(address, {"f-outcome": "reached"}).status_code == 302
    assert data(pk)["done"] is True and data(pk)["outcome"] == "reached"


def convert(deal: int) -> str:
    return reverse("automations:convert", args=[deal, "convert"])


def test_a_button_that_converts_asks_first(cast: Cast, world: None) -> None:
    deal = create("deal", cast.owner, name="D")
    client = browser(cast.owner)
    assert convert(deal) in text_of(client.get(url("record", deal)))
    refused = client.post(convert(deal), {"f-name": "E"}, **PART)
    assert "tags" in refused.context["form"].errors
    assert not Record.unscoped.filter(type="person").exists()
    given = {"f-name": "Eve", "f-tags": ["hot"], "mark": "once"}
    assert client.post(convert(deal), given, **PART).status_code == 204
    assert Record.unscoped.get(type="person").data == {"family_name": "Eve"}
    assert data(deal)["tags"] == ["hot"]


def test_pressing_past_the_form_leads_to_it(cast: Cast, world: None) -> None:
    deal = create("deal", cast.owner, name="D")
    press = reverse("automations:press", args=[deal, "convert"])
    answer = browser(cast.owner).post(press, {"mark": "a"})
    assert answer["Location"] == convert(deal)
    assert not Record.unscoped.filter(type="person").exists()


def test_what_was_filled_in_may_be_why_the_button_goes(cast: Cast, world: None) -> None:
    """In another stage nothing is asked, and there is no such page."""
    deal = create("deal", cast.owner, name="D", won=True)
    assert browser(cast.owner).get(convert(deal)).status_code == 404
    assert browser(cast.stranger).get(convert(deal)).status_code == 404
