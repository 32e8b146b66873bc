"""Who may run a job, and what became of it. Every step is one conditional UPDATE and its row count, so that
two workers never both win, and one that was given up for dead can change nothing any more."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from jobs.errors import LostClaim
from jobs.models import Job
from jobs.models.job import State
from jobs.signals import job_ended

LONGEST_WAIT = timedelta(hours=1)


def claim(job_id: int, *, worker: str, due_only: bool = True) -> Job | None:
    """Take a waiting job, and count the attempt before it begins: a job that kills its worker is counted too.

    None when somebody else has taken it, or it is not due, or it is not waiting any more.
    """
    now = timezone.now()
    waiting = Job.objects.filter(pk=job_id, state=State.QUEUED)
    if due_only:
        waiting = waiting.filter(available_at__lte=now)
    taken = waiting.update(
        state=State.RUNNING,
        claim=uuid.uuid4().hex,
        worker=worker,
        attempts=F("attempts") + 1,
        started_at=now,
        heartbeat_at=now,
    )
    return Job.objects.get(pk=job_id) if taken else None


def update(job: Job, **fields: Any) -> None:
    """Write to a job that one holds. Raises LostClaim when one does not hold it any more."""
    held = Job.objects.filter(pk=job.pk, state=State.RUNNING, claim=job.claim)
    if not held.update(**fields):
        raise LostClaim(f"Job {job.pk} is not run by this worker any more.")
    for name, value in fields.items():
        setattr(job, name, value)


def finish(job: Job, *, state: State, **fields: Any) -> None:
    """The end of a job that one holds. Raises LostClaim."""
    update(job, state=state, finished_at=timezone.now(), **fields)


def give_back(job: Job, *, error: str, trace: str = "", at_once: bool = False) -> None:
    """After an attempt that did not succeed: wait for the next one, or end it when none is left.

    Raises LostClaim.
    """
    if job.cancel_requested:
        finish(job, state=State.CANCELLED, error=error, trace=trace)
    elif job.attempts >= job.max_attempts:
        finish(job, state=State.POISONED, error=error, trace=trace)
    else:
        again = timezone.now() if at_once else timezone.now() + wait_after(job.attempts)
        requeue(job, error=error, trace=trace, available_at=again)


def requeue(job: Job, *, available_at: datetime, **fields: Any) -> None:
    """Let a job that one holds wait again. Raises LostClaim."""
    update(job, state=State.QUEUED, available_at=available_at, handed_at=None, **fields)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 10 s, 40 s, 160 s, up to an hour."""
    return min(timedelta(seconds=10 * 4 ** min(attempts - 1, 10)), LONGEST_WAIT)


def announce(job: Job) -> None:
    """Tell whoever listens that a job has ended; to be called outside the transaction that ended it."""
    if job.is_finished:
        job_ended.send_robust(sender=Job, job=job)
