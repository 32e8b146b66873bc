"""Recurring jobs are schedules of the queue, kept as the code declares them."""

import pytest
from django_q.models import Schedule

from jobs import periods, registry
from jobs.models import Job

pytestmark = pytest.mark.django_db


def test_every_recurring_kind_has_its_schedule_after_migrating():
    ours = Schedule.objects.filter(func=periods.STARTER)
    assert dict(ours.values_list("name", "minutes")) == {
        kind: every.total_seconds() // 60 for kind, every in registry.periods().items()
    }


def test_a_schedule_of_a_kind_that_recurs_no_longer_is_removed():
    Schedule.objects.create(name="gone", func=periods.STARTER)
    foreign = Schedule.objects.create(name="gone", func="math.ceil")
    periods.ensure_schedules()
    assert list(Schedule.objects.filter(name="gone")) == [foreign]


def test_when_a_schedule_runs_next_is_kept():
    before = Schedule.objects.get(name="jobs.prune").next_run
    periods.ensure_schedules()
    assert Schedule.objects.get(name="jobs.prune").next_run == before


def test_a_recurring_job_is_not_started_while_it_is_unfinished():
    assert periods.start("jobs.prune") == periods.start("jobs.prune")
    assert Job.objects.count() == 1
