"""The same rules of the same pipeline, by every way in which a stage can be changed."""

from collections.abc import Callable
from typing import Any

import pytest

from jobs.services import run_pending
from records.access import Access
from records.imports.services import begin, start, try_out
from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url
from tests.workflows.pipelines.world import company, move, publish, stage_of
from workflows.pipelines.parts import move_url

pytestmark = pytest.mark.django_db

Way = Callable[[Any, int, str], None]


def by_bulk(user: Any, pk: int, stage: str) -> None:
    given = {"do": "edit", "ids": [pk], "field": ["stage"], "f-stage": stage, "run": "1"}
    browser(user).post(url("bulk", "deal"), given, follow=True)
    run_pending()


def by_api(user: Any, pk: int, stage: str) -> None:
    program_of(user).patch(f"records/deal/{pk}", {"stage": stage}, version_of(user, pk))


def by_many(user: Any, pk: int, stage: str) -> None:
    change = {"action": "change", "id": pk, "version": "*", "fields": {"stage": stage}}
    program_of(user).post("records/deal/batch", {"changes": [change]})


def by_import(user: Any, pk: int, stage: str) -> None:
    content = f"id,stage\n{pk},{stage}\n".encode()
    run = begin(access=Access.of(user), name="moves.csv", content=content, type_key="deal")
    try_out(run)
    run_pending()
    run.refresh_from_db()
    start(run)
    run_pending()


def by_dialog(user: Any, pk: int, stage: str) -> None:
    kept = {"f-amount_amount": "50", "f-amount_currency": "EUR"}
    browser(user).post(move_url(pk, stage), {"stage": stage, **kept}, **PART)


def by_board(user: Any, pk: int, stage: str) -> None:
    to = f"{move_url(pk)}?from=board&stage={stage}"
    browser(user).post(to, {"stage": stage, "dragged": "1"}, **PART)


def version_of(user: Any, pk: int) -> int:
    found: int = program_of(user).get(f"records/deal/{pk}").body["version"]
    return found


WAYS: list[Way] = [by_bulk, by_api, by_many, by_import, by_dialog, by_board]


@kept
def deal(cast: Cast) -> int:
    publish()
    return create("deal", cast.manager, name="Roof", amount="50 EUR")


@pytest.mark.parametrize("way", WAYS)
def test_each_way_moves_where_a_move_is_drawn(cast: Cast, deal: int, way: Way) -> None:
    way(cast.manager, deal, "offer")
    assert stage_of(deal) == "offer"


@pytest.mark.parametrize("way", WAYS)
def test_none_goes_where_none_is_drawn(cast: Cast, deal: int, way: Way) -> None:
    way(cast.manager, deal, "review")
    assert stage_of(deal) == "new"


@pytest.mark.parametrize("way", WAYS)
def test_none_passes_a_guard_that_does_not_hold(cast: Cast, deal: int, way: Way) -> None:
    assert move(deal, "offer", cast.manager).ok
    way(cast.manager, deal, "won")
    assert stage_of(deal) == "offer"


@pytest.mark.parametrize("way", WAYS)
def test_none_goes_a_way_that_is_for_others(cast: Cast, way: Way) -> None:
    publish()
    pk = create("deal", cast.owner, name="Roof", amount="500 EUR")
    assert move(pk, "offer", cast.owner).ok
    way(cast.owner, pk, "won")
    assert stage_of(pk) == "offer"


@pytest.mark.parametrize("way", WAYS)
def test_none_leaves_out_what_a_way_asks_for(cast: Cast, deal: int, way: Way) -> None:
    way(cast.manager, deal, "lost")
    assert stage_of(deal) == "new"


@pytest.mark.parametrize("way", WAYS)
def test_none_moves_without_the_right_to(cast: Cast, way: Way) -> None:
    raw = company()
    for role in raw["roles"]:
        role["grants"] = [g for g in role["grants"] if g["action"] != "transition"]
    publish(roles=raw["roles"])
    pk = create("deal", cast.manager, name="Roof", amount="50 EUR")
    way(cast.manager, pk, "offer")
    assert stage_of(pk) == "new"


def test_the_bulk_form_offers_the_stage_to_who_may_move(cast: Cast, deal: int) -> None:
    given = {"do": "edit", "ids": [deal], "add": "stage"}
    page = browser(cast.manager).post(url("bulk", "deal"), given)
    assert list(page.context["form"].fields) == ["stage"]
    given = {"do": "edit", "ids": [deal], "field": ["stage"], "f-stage": "review", "preview": "1"}
    looked = browser(cast.manager).post(url("bulk", "deal"), given)
    assert "There is no way from “New” to “Review”." in text_of(looked)
