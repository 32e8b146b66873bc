"""Two people at once: one wins, the other is told. Real threads and transactions; SQLite lets one write at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from records.access import Access
from records.errors import Forbidden
from records.models import Event, Record
from tests.cast import Cast
from tests.workflows.approvals.asking import ask, deal, say, second_manager, setting, winning
from tests.workflows.approvals.test_steps import BOSSES, step
from workflows.approvals import services
from workflows.models import ApprovalRequest

State = ApprovalRequest.State
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[str]:
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=10)
            work()
        except Forbidden as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def events(pk: int) -> int:
    return Event.objects.filter(record_id=pk).count()


@pytest.mark.parametrize("turn", range(5))
def test_two_yes_where_one_is_enough(cast: Cast, turn: int) -> None:
    second = second_manager(cast)
    setting()
    pk = deal(cast)
    asked = ask(winning(pk), cast.owner)
    said = at_once(lambda: say(asked, cast.manager), lambda: say(asked, second))
    assert said == ["Closed", "done"]
    assert events(pk) == 2 and Record.unscoped.get(pk=pk).data["won"]


@pytest.mark.parametrize("turn", range(5))
def test_the_last_two_where_all_are_needed(cast: Cast, turn: int) -> None:
    second = second_manager(cast)
    setting(steps=[step("a", BOSSES, needs="all")])
    pk = deal(cast)
    asked = ask(winning(pk), cast.owner)
    assert at_once(lambda: say(asked, cast.manager), lambda: say(asked, second)) == ["done", "done"]
    asked.refresh_from_db()
    assert asked.state == State.APPROVED and events(pk) == 2


@pytest.mark.parametrize("turn", range(5))
def test_a_yes_while_it_is_taken_back(cast: Cast, turn: int) -> None:
    setting()
    pk = deal(cast)
    asked = ask(winning(pk), cast.owner)
    said = at_once(
        lambda: say(asked, cast.manager),
        lambda: services.withdraw(asked, access=Access.of(cast.owner)),
    )
    asked.refresh_from_db()
    won = bool(Record.unscoped.get(pk=pk).data.get("won"))
    assert said == ["Closed", "done"]
    assert (asked.state == State.APPROVED) == won


def test_the_same_person_twice(cast: Cast) -> None:
    second_manager(cast)
    setting(steps=[step("a", BOSSES, needs="all")])
    asked = ask(winning(deal(cast)), cast.owner)
    said = at_once(lambda: say(asked, cast.manager), lambda: say(asked, cast.manager))
    assert said == ["Forbidden", "done"]
