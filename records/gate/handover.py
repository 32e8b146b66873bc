"""After the commit: those who follow events are told through the job ledger.

The job is written in the transaction of the change itself. Events that nobody follows are marked as
handed over at once; a sweep finds those whose job was lost.
"""

from datetime import timedelta

from django.utils import timezone

from jobs.services import enqueue
from records.gate.batch import Batch
from records.gate.draft import Draft
from records.models import Event
from records.subscribers import Follower, followers

KIND = "records.events"
PATIENCE = timedelta(minutes=5)


def hand_over(batch: Batch) -> None:
    written = [draft for draft in batch.drafts if draft.outcome.written]
    if not written:
        return
    if any(_concerns(follower, batch, draft) for follower in followers().values() for draft in written):
        enqueue(kind=KIND, args={"batch": str(batch.id)}, key=f"{KIND}:{batch.id}")
    else:
        Event.objects.filter(batch=batch.id).update(handed_over_at=batch.now)


def _concerns(follower: Follower, batch: Batch, draft: Draft) -> bool:
    return follower.wants(batch.snapshot, draft.record_type.key, draft.outcome.changed, draft.action)


def lost() -> list[str]:
    """The batches whose events wait longer than they should."""
    waiting = Event.objects.filter(handed_over_at=None, at__lt=timezone.now() - PATIENCE)
    return [str(batch) for batch in waiting.order_by().values_list("batch", flat=True).distinct()[:1000]]
