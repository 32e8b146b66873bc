"""What is in somebody's day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from records.access import Access
from records.models import Record
from tests.cast import Cast, create
from tests.kept import kept
from tests.workflows.pipelines import world as pipelines
from tests.workflows.todo.world import publish, task
from workflows.todo.day import Day, day
from workflows.todo.snoozing import snooze
from workflows.todo.team import members

pytestmark = pytest.mark.django_db


@kept
def tasks(cast: Cast) -> None:
    publish()


def titles(items: list) -> list[str]:
    return [item.record.title for item in items]


def of(user: object, ahead: int = 0) -> Day:
    return day(Access.of(user), ahead=ahead)


def test_it_holds_what_is_overdue_and_what_comes_up_today(cast: Cast, tasks: None) -> None:
    task(cast.owner, -2, subject="Late")
    task(cast.owner, 0, subject="Now", kind="call")
    task(cast.owner, 3, subject="Later")
    task(cast.owner, -1, subject="Finished", done=True)
    task(cast.stranger, 0, subject="Somebody else's")
    found = of(cast.owner)
    assert titles(found.overdue) == ["Late"] and titles(found.today) == ["Now"]
    assert not found.later and not found.waiting
    ahead = of(cast.owner, ahead=7)
    assert [titles(items) for items in ahead.later.values()] == [["Later"]]


def test_what_begins_before_it_is_due_comes_up_when_it_begins(cast: Cast, tasks: None) -> None:
    starts = timezone.now() - timedelta(days=1)
    task(cast.owner, 5, subject="Meet", starts=starts.isoformat())
    assert titles(of(cast.owner).overdue) == ["Meet"]


def test_an_outsider_has_no_day(cast: Cast, tasks: None) -> None:
    task(cast.owner, 0)
    assert of(cast.outsider).empty


def test_a_lead_sees_the_days_of_their_people_and_nobody_elses(cast: Cast, tasks: None) -> None:
    task(cast.owner, -1, subject="Theirs", team=cast.north.pk)
    lead = Access.of(cast.manager)
    assert cast.owner in members(lead) and members(Access.of(cast.owner)) == []
    assert titles(day(lead, user=cast.owner.pk).overdue) == ["Theirs"]
    assert titles(day(Access.of(cast.stranger), user=cast.owner.pk).overdue) == []


def test_what_is_put_off_comes_up_again(cast: Cast, tasks: None) -> None:
    pk = task(cast.owner, -1, subject="Later")
    access = Access.of(cast.owner)
    moment = snooze(pk, "tomorrow", access=access)
    assert moment > timezone.now()
    found = of(cast.owner)
    assert found.overdue == [] and found.snoozed == 1
    then = replace(access, now=moment + timedelta(minutes=1))
    assert titles(day(then).overdue) == ["Later"]


def test_records_that_went_stale_wait(cast: Cast) -> None:
    pipelines.publish()
    pk = create("deal", cast.owner, name="Old", amount="5 EUR")
    assert pipelines.move(pk, "offer", cast.owner).ok
    assert of(cast.owner).waiting == []
    Record.unscoped.filter(pk=pk).update(stage_entered_at=timezone.now() - timedelta(days=15))
    found = of(cast.owner).waiting
    assert titles(found) == ["Old"] and found[0].note == "no longer fresh in “Offer”"
    assert of(cast.stranger).waiting == []


def test_the_number_of_queries_does_not_grow(
    cast: Cast, tasks: None, django_assert_max_num_queries: Any
) -> None:
    firm = create("organisation", cast.owner, name="Firm")
    counts = []
    for number in (2, 30):
        for each in range(number):
            task(cast.owner, -each, about=[firm])
        access = Access.of(cast.owner)
        with django_assert_max_num_queries(12) as asked:
            day(access, ahead=7)
        counts.append(len(asked))
    assert counts[0] == counts[1]
