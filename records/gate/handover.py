"""After the commit: those who follow events are told through the job ledger.

The job is written in the transaction of the change itself. Events that nobody follows are written
as handed over; a sweep finds those whose job was lost.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.utils import timezone

from jobs.services import enqueue
from records.gate.batch import Batch
from records.gate.draft import Draft
from records.models import Event
from records.subscribers import followers

KIND = "records.events"
PATIENCE = timedelta(minutes=5)

_untold: ContextVar[bool] = ContextVar("followers_are_not_told", default=False)


@contextmanager
def nobody_told() -> Iterator[None]:
    """For loads of whole databases, which do at the end what followers would: events count as handed over."""
    token = _untold.set(True)
    try:
        yield
    finally:
        _untold.reset(token)


def hand_over(batch: Batch) -> None:
    """One job for the batch, if somebody follows any of what was written."""
    if any(draft.outcome.written and is_followed(batch, draft) for draft in batch.drafts):
        enqueue(kind=KIND, args={"batch": str(batch.id)}, key=f"{KIND}:{batch.id}")


def is_followed(batch: Batch, draft: Draft) -> bool:
    about = batch.snapshot, draft.record_type.key, draft.outcome.changed, draft.action
    return not _untold.get() and any(follower.wants(*about) for follower in followers().values())


def lost() -> list[str]:
    """The batches whose events wait longer than they should."""
    waiting = Event.objects.filter(handed_over_at=None, at__lt=timezone.now() - PATIENCE)
    return [
        str(batch) for batch in waiting.order_by().values_list("batch", flat=True).distinct()[:1000]
    ]
