"""Start, retry, cancel and run jobs."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobs import claims, process, registry, runner, selectors
from jobs.errors import NotAllowed
from jobs.handover import hand_over
from jobs.models import Job
from jobs.models.job import RETRYABLE, State


def enqueue(
    *,
    kind: str,
    args: dict[str, Any],
    key: str | None = None,
    user: Any = None,
    delay: timedelta | None = None,
    total: int | None = None,
    once: bool = False,
) -> Job:
    """Write a job into the ledger, in the caller's transaction; it reaches the queue when that commits.

    With a `key`, an unfinished job of the same key is returned instead of a second one; with `once`, also
    one that is done. Raises UnknownKind, and TypeError when `args` is not JSON.
    """
    job = draft(kind=kind, args=args, key=key, user=user, total=total, once=once)
    if delay:
        job.available_at = job.queued_at + delay
    job, created = save_once(job)
    if created and not delay:
        transaction.on_commit(partial(hand_over, job.pk), robust=True)
    return job


def draft(*, kind: str, args: dict[str, Any], user: Any = None, **fields: Any) -> Job:
    """A job not saved yet. Raises UnknownKind."""
    now = timezone.now()
    return Job(
        kind=kind,
        args=args,
        max_attempts=registry.get(kind).max_attempts,
        language=get_language() or "",
        created_by=user if user is not None and user.is_authenticated else None,
        queued_at=now,
        available_at=now,
        progress_total=fields.pop("total", None),
        **fields,
    )


def save_once(job: Job) -> tuple[Job, bool]:
    """The saved job and True, or the job that already stands for its key and False."""
    if job.key is None:
        job.save(force_insert=True)
        return job, True
    if existing := selectors.standing(key=job.key, once=job.once):
        return existing, False
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        # Another process was faster between the look and the insert.
        if existing := selectors.standing(key=job.key, once=job.once):
            return existing, False
        raise
    return job, True


def retry(job: Job) -> Job:
    """Let a failed, given-up or cancelled job run again, with all its attempts; it resumes from its checkpoint.

    Raises NotAllowed.
    """
    now = timezone.now()
    ended = Job.objects.filter(pk=job.pk, state__in=RETRYABLE)
    try:
        with transaction.atomic():
            revived = ended.update(
                state=State.QUEUED, attempts=0, cancel_requested=False, handed_at=None,
                available_at=now, queued_at=now, finished_at=None,
            )  # fmt: skip
    except IntegrityError as error:
        raise NotAllowed(_("Another job is already doing this work.")) from error
    if not revived:
        raise NotAllowed(_("Only a job that failed or was cancelled can be retried."))
    transaction.on_commit(partial(hand_over, job.pk), robust=True)
    job.refresh_from_db()
    return job


def cancel(job: Job) -> Job:
    """Cancel a waiting job at once; ask a running one to stop where it can. Raises NotAllowed."""
    waiting = Job.objects.filter(pk=job.pk, state=State.QUEUED)
    if waiting.update(state=State.CANCELLED, cancel_requested=True, finished_at=timezone.now()):
        job.refresh_from_db()
        transaction.on_commit(partial(claims.announce, job), robust=True)
        return job
    if not Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancel_requested=True):
        raise NotAllowed(_("This job has already ended."))
    job.refresh_from_db()
    return job


def run_now(job: Job) -> Job:
    """Run a waiting job in this process, due or not. What became of it stands in the job returned;
    one that somebody else is running, or that has ended, is returned as it is."""
    if claimed := claims.claim(job.pk, worker=process.identity(), due_only=False):
        runner.perform(claimed)
    job.refresh_from_db()
    return job


def run_inline(*, kind: str, args: dict[str, Any], user: Any = None) -> Job:
    """Write a job into the ledger and run it in this process, for commands: no worker is offered it."""
    job = draft(kind=kind, args=args, user=user)
    job.handed_at = job.queued_at
    job.save(force_insert=True)
    if claimed := claims.claim(job.pk, worker=process.identity(), due_only=False):
        # Inside a transaction another connection would not see the job, and so cannot beat for it.
        runner.perform(claimed, in_worker=not transaction.get_connection().in_atomic_block)
    job.refresh_from_db()
    return job


def run_pending(*, due_only: bool = False) -> int:
    """Run whatever waits in this process, also what running it enqueues, until nothing is left; how many ran."""
    ran = 0
    while job := next_waiting(due_only=due_only):
        run_now(job)
        ran += 1
    return ran


def next_waiting(*, due_only: bool) -> Job | None:
    waiting = Job.objects.filter(state=State.QUEUED).order_by("available_at", "pk")
    return (waiting.filter(available_at__lte=timezone.now()) if due_only else waiting).first()
