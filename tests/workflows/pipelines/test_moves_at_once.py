"""Two people move one record: one wins, the other is told, and the record went only where moves are drawn."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.models import Event, Record
from tests.cast import create
from tests.records.test_concurrency import at_once
from tests.workflows.pipelines.world import TRANSITIONS, publish

pytestmark = pytest.mark.django_db(transaction=True)

DRAWN = {
    (source, t["to"])
    for t in TRANSITIONS
    for source in t.get("from", ("new", "offer", "review", "won", "lost"))
}


def move(pk: int, stage: str, version: int | None) -> Outcome:
    values: dict[str, Any] = {"stage": stage, "close_date": "2026-11-01"}
    change = Change("change", id=pk, values=values, base_version=version)
    return services.execute_one(change, access=Access.system(), channel="api")


def path_of(pk: int) -> list[tuple[str, str]]:
    """The moves as the events tell them, without the beginning."""
    events = Event.objects.filter(record_id=pk, changes__has_key="stage").order_by("id")
    return [tuple(e.changes["stage"]) for e in events][1:]


@pytest.mark.parametrize("_round", range(3))
def test_of_two_moves_from_one_version_one_wins(_round: int) -> None:
    publish()
    pk = create("deal", name="A", amount="500 EUR")
    outcomes = at_once(lambda: move(pk, "offer", 1), lambda: move(pk, "lost", 1))
    won = [o for o in outcomes if o.ok]
    [told] = [o for o in outcomes if not o.ok]
    assert len(won) == 1
    assert {(r.code, r.field) for r in told.refusals} & {
        ("conflict", "stage"),
        ("no_transition", "stage"),
    }
    record = Record.unscoped.get(pk=pk)
    assert record.stage == won[0].change.values["stage"] and record.version == 2
    assert path_of(pk) == [("new", record.stage)]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    plans=st.lists(
        st.lists(
            st.sampled_from(["offer", "review", "won", "lost", "new"]), min_size=1, max_size=4
        ),
        min_size=2,
        max_size=3,
    )
)
def test_whatever_several_try_at_once_only_drawn_moves_are_made(
    several: None, plans: list[list[str]]
) -> None:
    pk = create("deal", name="A", amount="500 EUR")

    def work(plan: list[str]) -> list[Outcome]:
        return [move(pk, stage, None) for stage in plan]

    outcomes = [o for some in at_once(*(lambda p=p: work(p) for p in plans)) for o in some]
    path = path_of(pk)
    assert all(step in DRAWN for step in path), path
    assert all(a[1] == b[0] for a, b in pairwise(path)), path
    stage = Record.unscoped.get(pk=pk).stage
    assert stage == (path[-1][1] if path else "new")
    moved = [o for o in outcomes if o.ok and "stage" in o.changed]
    assert len(moved) == len(path)


@pytest.fixture
def several() -> None:
    publish()
