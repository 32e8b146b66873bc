"""Nothing stays behind: due, lost and abandoned jobs are found again."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from jobs import claims, process, selectors, services
from jobs.models import Job, Worker
from jobs.sweep import release, reopen_queue, sweep

pytestmark = pytest.mark.django_db

GONE = f"{process.host()}/999999999/1/gone"
ELSEWHERE = "another-machine/1/1/there"


def here() -> str:
    return f"{process.host()}/{os.getpid()}/{process.started(os.getpid())}/test"


def running(*, worker: str, silent: float, kind="sample.echo") -> Job:
    job = claims.claim(services.enqueue(kind=kind, args={}).pk, worker=worker)
    seen = timezone.now() - timedelta(seconds=silent)
    assert job is not None
    Job.objects.filter(pk=job.pk).update(heartbeat_at=seen)
    return job


def state_after_sweep(job: Job) -> str:
    sweep()
    job.refresh_from_db()
    return job.state


def test_a_job_whose_hand_over_was_lost_is_handed_over():
    job = services.enqueue(kind="sample.echo", args={})
    assert sweep().handed == 1
    assert OrmQ.objects.get().args() == (job.pk,)
    assert sweep().handed == 0


def test_a_delayed_job_is_handed_over_when_it_is_due():
    job = services.enqueue(kind="sample.echo", args={}, delay=timedelta(hours=1))
    assert sweep().handed == 0
    Job.objects.filter(pk=job.pk).update(available_at=timezone.now())
    assert sweep().handed == 1


def test_a_job_that_vanished_from_the_queue_is_handed_over_again():
    job = services.enqueue(kind="sample.echo", args={})
    sweep()
    OrmQ.objects.all().delete()
    Job.objects.filter(pk=job.pk).update(
        handed_at=timezone.now() - timedelta(minutes=2),
        available_at=timezone.now() - timedelta(minutes=2),
    )
    assert sweep().handed == 1


def test_a_job_far_back_in_the_queue_is_not_handed_over_twice():
    job = services.enqueue(kind="sample.echo", args={})
    sweep()
    Job.objects.filter(pk=job.pk).update(
        handed_at=timezone.now() - timedelta(minutes=2),
        available_at=timezone.now() - timedelta(minutes=2),
    )
    assert sweep().handed == 0


@pytest.mark.parametrize(
    ("worker", "silent", "expected"),
    [
        (GONE, 5, "running"),
        (GONE, 20, "queued"),
        (ELSEWHERE, 20, "running"),
        (ELSEWHERE, 70, "queued"),
        (here(), 70, "running"),
        (here(), 1000, "queued"),
    ],
    ids=["gone-just", "gone", "elsewhere-just", "elsewhere", "here-quiet", "here-long-quiet"],
)
def test_a_silent_job_is_taken_back_as_soon_as_nobody_can_be_running_it(worker, silent, expected):
    assert state_after_sweep(running(worker=worker, silent=silent)) == expected


def test_a_job_its_process_has_left_behind_is_taken_back():
    job = running(worker=here(), silent=70)
    claims.claim(services.enqueue(kind="sample.echo", args={}).pk, worker=here())
    assert state_after_sweep(job) == "queued"


def test_a_job_that_keeps_killing_its_worker_is_given_up():
    job = running(worker=GONE, silent=20, kind="sample.poison")
    assert state_after_sweep(job) == "queued"
    claims.claim(job.pk, worker=GONE)
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=20))
    assert state_after_sweep(job) == "poisoned"
    assert "worker stopped" in job.error


def test_an_abandoned_job_somebody_cancelled_is_not_begun_again():
    job = running(worker=GONE, silent=20)
    services.cancel(job)
    assert state_after_sweep(job) == "cancelled"


def test_a_deliberate_stop_is_not_held_against_a_job():
    job = running(worker=f"{process.host()}/1/1/mine", silent=0)
    other = running(worker=f"{process.host()}/1/1/other", silent=0)
    assert release("mine") == 1
    job.refresh_from_db()
    other.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 0)
    assert other.state == "running"


def test_what_a_dead_cluster_had_read_ahead_is_on_the_queue_again():
    services.enqueue(kind="sample.echo", args={})
    sweep()
    OrmQ.objects.update(lock=timezone.now() + timedelta(minutes=2))
    assert reopen_queue() == 1
    assert OrmQ.objects.get().lock <= timezone.now()


def test_workers_long_gone_are_forgotten():
    Worker.objects.create(name="old", beat_at=timezone.now() - timedelta(days=2))
    Worker.objects.create(name="new")
    sweep()
    assert list(Worker.objects.values_list("name", flat=True)) == ["new"]


def test_a_worker_counts_as_alive_for_half_a_minute():
    quiet = Worker.objects.create(name="quiet", beat_at=timezone.now() - timedelta(seconds=40))
    alive = Worker.objects.create(name="alive", beat_at=timezone.now() - timedelta(seconds=20))
    assert list(selectors.live_workers()) == [alive]
    assert [selectors.is_live(worker) for worker in (quiet, alive)] == [False, True]


def test_the_queue_is_as_old_as_its_longest_waiting_due_job():
    assert selectors.queue_age() == timedelta()
    job = services.enqueue(kind="sample.echo", args={})
    services.enqueue(kind="sample.echo", args={}, delay=timedelta(hours=1))
    Job.objects.filter(pk=job.pk).update(available_at=timezone.now() - timedelta(minutes=3))
    assert timedelta(minutes=3) <= selectors.queue_age() < timedelta(minutes=4)
