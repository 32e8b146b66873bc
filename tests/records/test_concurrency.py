"""Two at once: one wins, the other is told; nobody's change is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from crm_config.live import live
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.models import Counter, Event, Record, UniqueValue
from tests import company as small
from tests.cast import create
from tests.company import field
from tests.records.test_retyping import thing

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Each in a thread with a connection of its own, begun together. SQLite lets one write at a time."""
    gate = Barrier(len(works))

    def start(work: Callable[[], Any]) -> Any:
        try:
            live()
            gate.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(start, work) for work in works]]


def save(change: Change) -> Outcome:
    return services.execute_one(change, access=Access.system(), channel="api")


def codes(outcomes: list[Outcome]) -> list[list[str]]:
    return sorted([refusal.code for refusal in outcome.refusals] for outcome in outcomes)


@pytest.mark.parametrize("_round", range(3))
def test_of_two_that_take_one_unique_value_one_wins(_round: int) -> None:
    small.publish(thing(field("x", unique=True)))
    changes = [Change("create", type="thing", values={"name": n, "x": "K1"}) for n in "ABC"]
    outcomes = at_once(*(lambda change=change: save(change) for change in changes))
    assert codes(outcomes) == [[], ["not_unique"], ["not_unique"]]
    assert UniqueValue.objects.count() == Record.unscoped.count() == 1


@pytest.mark.parametrize("_round", range(3))
def test_of_two_that_change_one_field_one_wins(_round: int) -> None:
    small.publish(thing(field("x", "integer")))
    pk = create("thing", name="A", x=0)
    works = [
        lambda n=n: save(Change("change", id=pk, values={"x": n}, base_version=1)) for n in (1, 2)
    ]
    outcomes = at_once(*works)
    assert codes(outcomes) == [[], ["conflict"]]
    winner = next(outcome for outcome in outcomes if outcome.ok)
    assert Record.unscoped.get(pk=pk).data["x"] == winner.change.values["x"]
    assert Record.unscoped.get(pk=pk).version == 2


@pytest.mark.parametrize("_round", range(3))
def test_changes_of_different_fields_are_all_kept(_round: int) -> None:
    fields = [field(key, "integer") for key in ("a", "b", "c")]
    small.publish(thing(*fields))
    pk = create("thing", name="A")
    works = [
        lambda key=key: save(Change("change", id=pk, values={key: 1}, base_version=1))
        for key in ("a", "b", "c")
    ]
    outcomes = at_once(*works)
    assert codes(outcomes) == [[], [], []]
    record = Record.unscoped.get(pk=pk)
    assert (record.data, record.version) == ({"name": "A", "a": 1, "b": 1, "c": 1}, 4)
    versions = Event.objects.filter(record_id=pk).order_by("id").values_list("version", flat=True)
    assert list(versions) == [1, 2, 3, 4]


def test_numbers_are_given_once_and_without_gaps() -> None:
    small.publish(thing(field("x", "auto_number", unique=True)))

    def several() -> None:
        changes = [Change("create", type="thing", values={"name": str(n)}) for n in range(5)]
        services.execute_or_raise(changes, access=Access.system(), channel="api")

    at_once(several, several, several)
    numbers = sorted(data["x"] for data in Record.unscoped.values_list("data", flat=True))
    assert numbers == [f"{n:05}" for n in range(1, 16)]
    assert Counter.objects.get().last == 15


def test_whoever_edits_while_values_convert_is_not_overwritten() -> None:
    small.publish(thing(field("x", "integer")))
    ids = [create("thing", name=str(n), x=n) for n in range(40)]
    run_pending()
    small.publish(thing(field("x", "decimal")))

    def edit() -> list[Outcome]:
        return [save(Change("change", id=pk, values={"x": "7.50"})) for pk in ids[::2]]

    def convert() -> int:
        snapshot = live()
        for start in range(0, len(ids), 4):
            services.refresh(ids[start : start + 4], snapshot=snapshot)
        return 0

    at_once(edit, convert)
    run_pending()
    key = live().types["thing"].fields["x"].stored_key
    stored = dict(Record.unscoped.values_list("pk", "data"))
    assert [stored[pk][key] for pk in ids[::2]] == [750] * 20
    assert [stored[pk][key] for pk in ids[1::2]] == [n * 100 for n in range(1, 40, 2)]
    assert not any("x" in data for data in stored.values())
