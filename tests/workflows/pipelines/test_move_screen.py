"""A record's stages on its page: the bar, the menu, and the dialog that asks for what is missing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm_config.live import live
from records.access import Access
from records.models import Event, Record
from records.selectors import get
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url
from tests.workflows.pipelines.world import company, move, publish, stage_of
from workflows.pipelines.live import all_pipelines
from workflows.pipelines.parts import move_url, steps
from workflows.pipelines.possible import possible

pytestmark = pytest.mark.django_db


@kept
def deal(cast: Cast) -> int:
    publish()
    return create("deal", cast.owner, name="Roof")


def test_the_page_offers_the_moves_that_are_drawn(cast: Cast, deal: int) -> None:
    page = text_of(browser(cast.owner).get(url("record", deal)))
    assert move_url(deal, "offer") in page and move_url(deal, "lost") in page
    assert move_url(deal, "won") not in page and 'aria-current="step"' in page


def test_ways_for_others_are_not_offered(cast: Cast, deal: int) -> None:
    assert move(deal, "offer", cast.owner, amount="500 EUR").ok
    found = possible(get(deal, access=Access.of(cast.owner)))
    assert [each.stage.key for each in found] == ["review", "lost"]
    told = browser(cast.owner).get(move_url(deal, "won"), **PART)
    assert "The move to “Won” is for others to make." in text_of(told)


def test_a_type_without_pipeline_has_neither(cast: Cast, deal: int) -> None:
    pk = create("organisation", cast.owner, name="Alpha")
    page = text_of(browser(cast.owner).get(url("record", pk)))
    assert "wf-stage" not in page and move_url(pk) not in page


def test_the_dialog_asks_for_what_is_missing_and_moves(cast: Cast, deal: int) -> None:
    client = browser(cast.owner)
    asked = client.get(move_url(deal, "offer"), **PART)
    assert "They have a written offer." in text_of(asked)
    assert list(asked.context["form"].fields) == ["amount"]
    given = {"stage": "offer", "base_version": 1, "f-amount_currency": "EUR"}
    refused = client.post(move_url(deal, "offer"), given, **PART)
    assert "“Amount” is needed in “Offer”." in text_of(refused) and stage_of(deal) == "new"
    done = client.post(move_url(deal, "offer"), {**given, "f-amount_amount": "50"}, **PART)
    assert done.status_code == 204
    assert done["X-Location"] == url("record", deal)
    assert stage_of(deal) == "offer" and Record.unscoped.get(pk=deal).data["amount"] == 5000


def test_what_a_guard_says_is_told_before_one_tries(cast: Cast) -> None:
    publish()
    pk = create("deal", cast.manager, name="Small", amount="5 EUR")
    assert move(pk, "offer", cast.manager).ok
    client = browser(cast.manager)
    said = "A deal below 100 is not worth it."
    assert said in text_of(client.get(move_url(pk), **PART))
    assert f"As it is now: {said}" in text_of(client.get(move_url(pk, "won"), **PART))
    refused = text_of(client.post(move_url(pk, "won"), {"stage": "won"}, **PART))
    assert said in refused and "As it is now" not in refused and stage_of(pk) == "offer"


def test_without_a_script_it_is_a_page(cast: Cast, deal: int) -> None:
    client = browser(cast.owner)
    moves = client.get(move_url(deal))
    assert moves.status_code == 200 and move_url(deal, "lost") in text_of(moves)
    given = {"stage": "lost", "base_version": 1, "f-close_date": "2026-11-01"}
    done = client.post(move_url(deal, "lost"), given)
    assert done.status_code == 302 and stage_of(deal) == "lost"


def test_of_two_people_who_move_it_one_is_told(cast: Cast, deal: int) -> None:
    assert move(deal, "lost", cast.owner, close_date="2026-11-01").ok
    given = {
        "stage": "offer",
        "base_version": 1,
        "f-amount_amount": "50",
        "f-amount_currency": "EUR",
    }
    answer = browser(cast.owner).post(move_url(deal, "offer"), given, **PART)
    assert "There is no way from “Lost” to “Offer”." in text_of(answer)
    assert stage_of(deal) == "lost"


def test_who_may_not_move_does_not(cast: Cast) -> None:
    raw = company()
    for role in raw["roles"]:
        role["grants"] = [g for g in role["grants"] if g["action"] != "transition"]
    publish(roles=raw["roles"])
    pk = create("deal", cast.owner, name="Roof")
    client = browser(cast.owner)
    assert move_url(pk, "offer") not in text_of(client.get(url("record", pk)))
    given = {"stage": "lost", "f-close_date": "2026-11-01"}
    assert client.post(move_url(pk, "lost"), given).status_code == 302 and stage_of(pk) == "new"
    assert browser(cast.stranger).get(move_url(pk, "lost")).status_code == 404


def test_hidden_fields_are_not_named(cast: Cast) -> None:
    raw = company()
    sales = next(role for role in raw["roles"] if role["key"] == "sales")
    sales["fields"] = [{"type": "deal", "field": "amount", "access": "hidden"}]
    publish(roles=raw["roles"])
    pk = create("deal", cast.owner, name="Roof")
    client = browser(cast.owner)
    assert "Amount" not in text_of(client.get(move_url(pk, "offer"), **PART))
    posted = text_of(client.post(move_url(pk, "offer"), {"stage": "offer"}, **PART))
    assert "Something that you may not see is missing" in posted and "mount" not in posted
    assert stage_of(pk) == "new"


def test_the_bar_tells_the_time_in_each_stage(cast: Cast, deal: int) -> None:
    assert move(deal, "offer", cast.owner, amount="5 EUR").ok
    now = timezone.now()
    events = Event.objects.filter(record_id=deal).order_by("id")
    for event, days in zip(events, (40, 15), strict=True):
        Event.objects.filter(pk=event.pk).update(at=now - timedelta(days=days, minutes=1))
    entered = now - timedelta(days=15, minutes=1)
    Record.unscoped.filter(pk=deal).update(stage_entered_at=entered)
    view = get(deal, access=Access.of(cast.owner))
    told = [
        (s.stage.key, s.state, s.spent, s.stale)
        for s in steps(view, all_pipelines(live())["deals"])
    ]
    assert told == [
        ("new", "past", "25 days", False),
        ("offer", "current", "15 days", True),
        ("review", "ahead", "", False),
        ("won", "ahead", "", False),
        ("lost", "ahead", "", False),
    ]


def test_a_moved_card_is_answered_in_json(cast: Cast, deal: int) -> None:
    client, to = browser(cast.owner), f"{move_url(deal)}?from=board&stage="
    refused = client.post(f"{to}offer", {"stage": "offer", "dragged": "1"}, **PART)
    assert refused.status_code == 422 and stage_of(deal) == "new"
    given = {"stage": "lost", "f-close_date": "2026-11-01"}
    done = client.post(f"{to}lost", given, **PART)
    assert done.json() == {"id": deal, "stage": "lost"}


def test_a_dragged_card_keeps_what_the_stage_asks_for(cast: Cast) -> None:
    publish()
    pk = create("deal", cast.owner, name="Roof", amount="50 EUR")
    to = f"{move_url(pk)}?from=board&stage=offer"
    done = browser(cast.owner).post(to, {"stage": "offer", "dragged": "1"}, **PART)
    assert done.json() == {"id": pk, "stage": "offer"}
    assert Record.unscoped.get(pk=pk).data["amount"] == 5000
