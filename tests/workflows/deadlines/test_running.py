"""Deadlines begin with a record, stand still, go on, are met, and go over to another level."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm_config.live import live
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate import Change
from records.models import Event
from tests.cast import create
from tests.workflows.deadlines import world
from workflows.deadlines.services import look_at, tell, wants
from workflows.models import Deadline

State = Deadline.State
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def deal(cast):
    world.publish(world.level())
    found = create("deal", name="One")
    run_pending(due_only=True)
    return found


def test_both_targets_run_from_creation(deal):
    answer, solution = world.of(deal), world.of(deal, "solution")
    assert answer.state == solution.state == State.RUNNING
    assert answer.due_at - answer.started_at == timedelta(minutes=60)
    assert solution.due_at - solution.started_at == timedelta(minutes=600)
    assert answer.next_at - answer.started_at == timedelta(minutes=48)


def test_what_is_met_stands_with_its_time(deal):
    world.change(deal, close_date="2026-01-01")
    answer = world.of(deal)
    assert answer.state == State.MET
    assert answer.met_at == Event.objects.filter(record_id=deal).latest("pk").at
    assert answer.due_at is None
    assert answer.breached_at is None
    assert world.of(deal, "solution").state == State.RUNNING


def test_what_is_met_too_late_was_breached_when_it_was_due(deal):
    due = world.back(world.of(deal), hours=2).due_at
    world.change(deal, close_date="2026-01-01")
    assert world.of(deal).breached_at == due


def test_time_stands_still_while_it_pauses(deal):
    world.back(world.of(deal), minutes=20)
    world.change(deal, tags=["big"])
    paused = world.of(deal)
    assert paused.state == State.PAUSED
    assert paused.due_at is None
    assert abs(paused.used - timedelta(minutes=20)) < A_SECOND * 30
    world.back(paused, hours=5)
    world.change(deal, tags=[])
    running = world.of(deal)
    assert running.state == State.RUNNING
    assert running.due_at - running.since == timedelta(minutes=60) - running.used


def test_what_is_opened_again_goes_on_with_the_time_it_had(deal):
    world.back(world.of(deal), minutes=10)
    world.change(deal, close_date="2026-01-01")
    used = world.of(deal).used
    world.change(deal, close_date=None)
    running = world.of(deal)
    assert running.state == State.RUNNING
    assert running.met_at is None
    assert running.used == used


def test_an_archived_record_has_none_and_a_restored_one_goes_on(deal):
    for action, state in (("archive", State.DROPPED), ("restore", State.RUNNING)):
        services.execute_or_raise(
            [Change(action, id=deal)], access=Access.system(), channel="system"
        )
        run_pending(due_only=True)
        assert {row.state for row in Deadline.objects.filter(record=deal)} == {state}


def test_the_first_level_that_fits_counts(cast):
    fast = world.level("fast", condition=world.HOT, order=0)
    world.publish(world.level(order=5), fast)
    hot, usual = create("deal", name="Hot", tags=["hot"]), create("deal", name="Usual")
    run_pending(due_only=True)
    assert world.of(hot).level == "fast"
    assert world.of(usual).level == "usual"


def test_another_level_takes_over_the_time_used(cast):
    fast = world.level("fast", condition=world.HOT, order=0)
    world.publish(world.level(order=5), fast)
    deal = create("deal", name="One")
    run_pending(due_only=True)
    before = world.back(world.of(deal), minutes=30)
    world.change(deal, tags=["hot"])
    after = world.of(deal)
    assert after.level == "fast"
    assert after.started_at == before.started_at
    assert abs(after.used - timedelta(minutes=30)) < A_SECOND * 30


def test_what_was_met_under_another_level_is_not_asked_again(cast):
    fast = world.level("fast", condition=world.HOT, order=0)
    world.publish(world.level(order=5), fast)
    deal = create("deal", name="One")
    run_pending(due_only=True)
    world.change(deal, close_date="2026-01-01")
    world.change(deal, close_date="2026-01-02", tags=["hot"])
    assert world.of(deal).level == "usual"
    assert world.of(deal, "solution").level == "fast"


def test_a_level_with_a_beginning_waits_for_it(cast):
    world.publish(world.level(starts=world.HOT))
    deal = create("deal", name="One")
    run_pending(due_only=True)
    assert not Deadline.objects.exists()
    world.change(deal, tags=["hot"])
    assert world.of(deal).started_at == Event.objects.filter(record_id=deal).latest("pk").at


def test_told_twice_nothing_happens_twice(deal):
    world.change(deal, close_date="2026-01-01")
    before = list(Deadline.objects.order_by("pk").values())
    tell(list(Event.objects.filter(record_id=deal)))
    assert list(Deadline.objects.order_by("pk").values()) == before


def test_a_deleted_record_takes_its_deadlines_along(deal):
    services.execute_or_raise(
        [Change("archive", id=deal)], access=Access.system(), channel="system"
    )
    services.execute_or_raise([Change("delete", id=deal)], access=Access.system(), channel="system")
    assert not Deadline.objects.exists()


def test_only_changes_that_can_move_a_deadline_are_followed(deal):
    snapshot = live()
    assert wants(snapshot, "deal", frozenset({"name"}), "create")
    assert wants(snapshot, "deal", frozenset({"won"}), "change")
    assert not wants(snapshot, "deal", frozenset({"name"}), "change")
    assert not wants(snapshot, "person", frozenset({"won"}), "create")


def queries(number: int) -> int:
    ids = [create("deal", name=str(n)) for n in range(number)]
    with CaptureQueriesContext(connection) as found:
        look_at(dict.fromkeys(ids, timezone.now()), live())
    assert Deadline.objects.filter(record__in=ids).count() == 2 * number
    return len(found)


def test_many_records_are_looked_at_in_as_many_queries_as_few(cast):
    world.publish(world.level())
    assert queries(2) == queries(30)
