"""The real thing: a worker of several processes on the queue, killed, poisoned and stopped."""

import os
import signal

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from jobs import process, selectors, services
from jobs.models import Job
from tests.jobs.conftest import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


def written(name: str) -> set[str]:
    return set(Group.objects.filter(name__startswith=f"{name}-").values_list("name", flat=True))


def is_in(job: Job, *states: str) -> bool:
    job.refresh_from_db()
    return job.state in states


def pid_of(job: Job) -> int:
    return int(job.worker.split("/")[1])


def test_a_job_killed_in_the_middle_takes_effect_exactly_once(start_worker):
    atomic = services.enqueue(kind="sample.atomic", args={"name": "atomic", "kill": True})
    steps = services.enqueue(kind="sample.steps", args={"name": "steps", "kill": True})
    start_worker()
    wait_for(lambda: is_in(atomic, "done") and is_in(steps, "done"))
    assert written("atomic") == {f"atomic-{step}" for step in range(5)}
    assert written("steps") == {f"steps-{step}" for step in range(5)}
    assert (atomic.attempts, steps.attempts) == (2, 2)
    assert steps.result == 3, "the second attempt begins where the first one's last commit was"


def test_a_job_that_kills_every_worker_is_given_up(start_worker):
    poison = services.enqueue(kind="sample.poison", args={})
    start_worker()
    wait_for(lambda: is_in(poison, "poisoned"))
    assert poison.attempts == 2
    assert "worker stopped" in poison.error
    healthy = services.enqueue(kind="sample.echo", args={})
    wait_for(lambda: is_in(healthy, "done"))


def test_stopping_does_not_hang_and_what_was_running_can_go_on(start_worker):
    worker = start_worker()
    stuck = services.enqueue(kind="sample.hangs", args={})
    wait_for(lambda: is_in(stuck, "running") and stuck.progress_done == 1)
    held_by = stuck.worker
    assert worker.stop() < 20
    assert worker.process.returncode == 0
    assert not process.lives(held_by), "the process that ran it must be gone too"
    stuck.refresh_from_db()
    assert (stuck.state, stuck.attempts) == ("queued", 0)
    assert not selectors.live_workers().exists()


def test_an_idle_worker_killed_while_holding_the_queue_is_replaced(start_worker):
    """Whoever waits for work holds the lock of the pipe; killed, it leaves the others locked out."""
    start_worker()
    first = services.enqueue(kind="sample.echo", args={})
    second = services.enqueue(kind="sample.echo", args={})
    wait_for(lambda: is_in(first, "done") and is_in(second, "done"))
    for pid in {pid_of(first), pid_of(second)}:
        os.kill(pid, signal.SIGKILL)
    later = services.enqueue(kind="sample.echo", args={})
    wait_for(lambda: is_in(later, "done"))


def test_progress_shows_while_a_job_runs_and_cancelling_stops_it(start_worker):
    start_worker()
    running = services.enqueue(kind="sample.stoppable", args={})
    wait_for(lambda: is_in(running, "running"))
    services.cancel(running)
    wait_for(lambda: is_in(running, "cancelled"))
    assert running.result == "stopped early"


def test_a_job_that_takes_too_long_is_broken_off_and_tried_again(start_worker):
    start_worker()
    slow = services.enqueue(kind="sample.slow", args={})
    wait_for(lambda: is_in(slow, "queued") and slow.attempts == 1)
    assert "3 seconds" in slow.error
    assert slow.available_at > timezone.now()


def test_a_worker_says_that_it_lives(start_worker):
    start_worker()
    wait_for(selectors.live_workers().exists)
    assert selectors.live_workers().get().pool >= 1
