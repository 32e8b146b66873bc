"""The sweep, which every worker makes every few seconds: what is due is handed over, what got lost on the way is
handed over again, what a dead worker held is taken back."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.models import OrmQ

from jobs import claims, process, selectors
from jobs.conf import timing
from jobs.errors import LostClaim
from jobs.handover import hand_over
from jobs.models import Job, Worker
from jobs.models.job import State

logger = logging.getLogger(__name__)

BATCH = 500
CERTAINLY_LOST = timedelta(hours=1)
FORGET_WORKER = timedelta(days=1)


@dataclass(frozen=True)
class Swept:
    """How many jobs were handed over and taken back."""

    handed: int
    taken_back: int


def sweep() -> Swept:
    now = timezone.now()
    find_lost(now)
    swept = Swept(handed=hand_over_due(now), taken_back=take_back_abandoned(now))
    Worker.objects.filter(beat_at__lt=now - FORGET_WORKER).delete()
    return swept


def hand_over_due(now: datetime) -> int:
    """Hand over what has become due, and what an earlier hand-over after commit failed for."""
    waiting = selectors.due(now).filter(handed_at=None).order_by("available_at")
    ids = list(waiting.values_list("pk", flat=True)[:BATCH])
    return sum(hand_over(job_id) for job_id in ids)


def find_lost(now: datetime) -> int:
    """Mark for another hand-over what was handed over, waits unclaimed, and cannot be on the queue any more.

    While the queue holds anything, a job may simply be far back in it: only a very old hand-over is doubted.
    """
    silence = CERTAINLY_LOST if OrmQ.objects.exists() else timedelta(seconds=timing().lost)
    lost = selectors.due(now).filter(handed_at__lt=now - silence)
    return lost.update(handed_at=None)


def take_back_abandoned(now: datetime) -> int:
    silent = Job.objects.filter(
        state=State.RUNNING, heartbeat_at__lt=now - timedelta(seconds=timing().grace)
    )
    return sum(take_back(job) for job in silent[:BATCH] if is_abandoned(job, now))


def is_abandoned(job: Job, now: datetime) -> bool:
    """Whether nobody can be running this job: its process is gone, or has gone on to another job, or has been
    silent for longer than it could be."""
    if moved_on(job):
        return True
    limits = {False: timing().grace, None: timing().lease, True: timing().patience}
    limit = timedelta(seconds=limits[process.lives(job.worker)])
    return job.heartbeat_at is None or now - job.heartbeat_at >= limit


def moved_on(job: Job) -> bool:
    """A cluster's process runs one job at a time: a later start of another means this one was left behind."""
    if job.worker.endswith("/"):
        return False
    later = Job.objects.filter(worker=job.worker, started_at__gt=job.started_at)
    return later.exclude(pk=job.pk).exists()


def take_back(job: Job) -> bool:
    """Let an abandoned job wait again, or give it up after its last attempt."""
    try:
        claims.give_back(
            job, error=_("The worker stopped while it was running this."), at_once=True
        )
    except LostClaim:
        return False
    logger.warning("Took back job %s (%s) from %s: now %s", job.pk, job.kind, job.worker, job.state)
    claims.announce(job)
    return True


def release(cluster: str) -> int:
    """Let the jobs of a cluster that was stopped on purpose wait again; the broken-off attempt is not held
    against them."""
    held = Job.objects.filter(state=State.RUNNING, worker__endswith=f"/{cluster}")
    return sum(release_one(job) for job in held)


def release_one(job: Job) -> bool:
    try:
        claims.requeue(job, available_at=timezone.now(), attempts=max(job.attempts - 1, 0))
    except LostClaim:
        return False
    return True


def reopen_queue() -> int:
    """Make everything on the queue visible again: a cluster that died had locked what it had read ahead.

    Harmless while others work: what they are running cannot be claimed twice.
    """
    with transaction.atomic():
        return OrmQ.objects.filter(lock__gt=timezone.now()).update(lock=timezone.now())
