"""What the ledger knows: for screens, health checks, and the sweep."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from jobs.conf import timing
from jobs.models import Job, Worker
from jobs.models.job import UNFINISHED, State


def standing(*, key: str, once: bool) -> Job | None:
    """The job that stands for this key: an unfinished one, or one that was to be done once and is."""
    done = Q(state=State.DONE) if once else Q(state=State.DONE, once=True)
    return Job.objects.filter(Q(state__in=UNFINISHED) | done, key=key).first()


def due(now: datetime) -> QuerySet[Job]:
    return Job.objects.filter(state=State.QUEUED, available_at__lte=now)


def queue_age() -> timedelta:
    """How long the longest-waiting due job has been waiting."""
    now = timezone.now()
    oldest = due(now).aggregate(oldest=Min("available_at"))["oldest"]
    return now - oldest if oldest else timedelta()


def live_workers() -> QuerySet[Worker]:
    """The workers heard of lately: within six beats, half a minute by default."""
    return Worker.objects.filter(beat_at__gte=heard_since())


def is_live(worker: Worker) -> bool:
    """What `live_workers` asks, of one worker."""
    return worker.beat_at >= heard_since()


def heard_since() -> datetime:
    return timezone.now() - timedelta(seconds=6 * timing().beat)


def may_operate(user: Any) -> bool:
    """Whether a user may see and act on everybody's jobs."""
    return bool(user.is_active and user.has_perm("jobs.view_job"))


def may_see(user: Any, job: Job) -> bool:
    """Whether a user may follow this job: an operator, or whoever started it."""
    return bool(user.is_authenticated and (job.created_by_id == user.pk or may_operate(user)))


def visible_to(user: Any) -> QuerySet[Job]:
    """The jobs that `may_see` grants, as one query."""
    return Job.objects.all() if may_operate(user) else Job.objects.filter(created_by=user.pk)


def may_cancel(user: Any, job: Job) -> bool:
    return bool(job.created_by_id == user.pk or user.has_perm("jobs.change_job"))
