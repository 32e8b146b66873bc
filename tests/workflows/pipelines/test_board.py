"""A list as a board."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from records.models import Record
from tests import company as small
from tests.cast import Cast, create
from tests.company import field
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url
from tests.workflows.pipelines.world import company, move, publish

pytestmark = pytest.mark.django_db

BOARD = "/admin/pipelines/board/deal/"


def told(answer: Any) -> dict[str, tuple[int, str, list[str]]]:
    """By stage: the count, the sum, the titles."""
    return {
        lane.column.stage.key: (
            lane.column.count,
            lane.column.total,
            [card.record.title for card in lane.cards],
        )
        for lane in answer.context["lanes"]
    }


@kept
def deals(cast: Cast) -> dict[str, int]:
    publish()
    found = {
        name: create("deal", cast.owner, name=name, amount=amount)
        for name, amount in (("A", "100 EUR"), ("B", "50.50 EUR"), ("C", "7 EUR"))
    }
    assert move(found["B"], "offer", cast.owner).ok and move(found["C"], "offer", cast.owner).ok
    return found


def test_each_stage_has_its_records_their_number_and_their_sum(
    cast: Cast, deals: dict[str, int]
) -> None:
    create("deal", cast.stranger, name="Theirs", amount="1000 EUR")
    found = told(browser(cast.owner).get(BOARD))
    assert found["new"] == (1, "€100.00", ["A"])
    assert found["offer"] == (2, "€57.50", ["C", "B"])
    assert found["won"] == (0, "", [])


def test_it_shows_what_the_list_shows(cast: Cast, deals: dict[str, int]) -> None:
    client = browser(cast.owner)
    where = '{"field":"amount","op":"gte","value":"50 EUR"}'
    found = told(client.get(BOARD, {"where": where}))
    assert [titles for _count, _sum, titles in found.values() if titles] == [["A"], ["B"]]
    assert f"{BOARD}?where=" in text_of(client.get(url("list", "deal"), {"where": where}))
    broken = client.get(BOARD, {"where": '{"field":"nope"}'})
    assert not any(titles for _count, _sum, titles in told(broken).values())
    assert "not available to you" in text_of(broken)


def test_amounts_that_one_may_not_read_are_neither_shown_nor_added(cast: Cast) -> None:
    raw = company()
    sales = next(role for role in raw["roles"] if role["key"] == "sales")
    sales["fields"] = [{"type": "deal", "field": "amount", "access": "hidden"}]
    publish(roles=raw["roles"])
    create("deal", name="A", amount="6543 EUR", owner=cast.owner.pk)
    answer = browser(cast.owner).get(BOARD)
    assert told(answer)["new"] == (1, "", ["A"]) and "6,543" not in text_of(answer)


def test_what_is_long_in_its_stage_is_marked(cast: Cast, deals: dict[str, int]) -> None:
    long_ago = timezone.now() - timedelta(days=20)
    Record.unscoped.filter(pk=deals["B"]).update(stage_entered_at=long_ago)
    lanes = browser(cast.owner).get(BOARD).context["lanes"]
    cards = {c.record.title: (c.age, c.stale) for lane in lanes for c in lane.cards}
    assert cards["B"] == ("20 days", True) and not cards["A"][1] and not cards["C"][1]


def test_open_deals_past_their_expected_close_are_marked(cast: Cast) -> None:
    raw = company()
    deal = next(t for t in raw["record_types"] if t["key"] == "deal")
    deal["fields"].append(field("expected_close", "date"))
    small.publish(company=raw)
    late = create("deal", cast.owner, name="Late", expected_close="2020-01-01")
    create("deal", cast.owner, name="Early", expected_close="2999-01-01")

    def overdue() -> set[str]:
        lanes = browser(cast.owner).get(BOARD).context["lanes"]
        return {c.record.title for lane in lanes for c in lane.cards if c.overdue}

    assert overdue() == {"Late"}
    assert move(late, "lost", cast.owner, close_date="2026-11-01").ok and overdue() == set()


def test_only_cards_that_one_may_move_can_be_moved(cast: Cast, deals: dict[str, int]) -> None:
    raw = company()
    for role in raw["roles"]:
        role["grants"] = [g for g in role["grants"] if g["action"] != "transition"]
    publish(roles=raw["roles"])
    page = browser(cast.owner).get(BOARD)
    assert not any(c.may_move for lane in page.context["lanes"] for c in lane.cards)
    assert "Move to…" not in text_of(page)


def test_more_cards_come_in_pages(cast: Cast) -> None:
    publish()
    for n in range(23):
        create("deal", cast.owner, name=f"D{n:02}")
    client = browser(cast.owner)
    first = client.get(BOARD).context["lanes"][0]
    assert len(first.cards) == 20 and first.more_url
    rest = client.get(first.more_url, **PART)
    titles = [card.record.title for card in rest.context["lane"].cards]
    assert titles == ["D02", "D01", "D00"] and "Load more" not in text_of(rest)
    bad = client.get(reverse("pipelines:column", args=["deal", "new"]), {"cursor": "x"}, **PART)
    assert bad.status_code == 302


def test_who_sees_no_deals_sees_no_board(cast: Cast, deals: dict[str, int]) -> None:
    assert browser(cast.administrator).get(BOARD).status_code == 200
    assert browser(cast.outsider).get(BOARD).status_code in (302, 404)
    none = reverse("pipelines:board", args=["organisation"])
    assert browser(cast.administrator).get(none).status_code == 404
    assert none not in text_of(browser(cast.owner).get(url("list", "organisation")))


def queries(client: Any) -> int:
    client.get(BOARD)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(BOARD).status_code == 200
    return len(asked)


def test_the_queries_do_not_grow_with_the_records(cast: Cast) -> None:
    publish()
    client = browser(cast.owner)
    ids = [create("deal", cast.owner, name=f"D{n}", amount="5 EUR") for n in range(10)]
    few = queries(client)
    copy = Record.unscoped.get(pk=ids[-1])
    Record.unscoped.bulk_create(
        [
            Record(
                pk=copy.pk + 1 + n,
                type="deal",
                title=f"M{n}",
                owner=cast.owner,
                stage=("new", "offer", "review")[n % 3],
                stage_entered_at=copy.stage_entered_at,
                created_at=copy.created_at,
                modified_at=copy.modified_at,
                data=copy.data,
            )
            for n in range(9_990)
        ]
    )
    many = queries(client)
    assert few == many and many <= 28
    counted = told(client.get(BOARD))
    assert counted["offer"][:2] == (3330, "€16,650.00")
