"""From the ledger to the queue. The queue only says "look at this job": what is true stands in the ledger."""

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from jobs import registry
from jobs.conf import timing
from jobs.errors import UnknownKind
from jobs.models import Job


def hand_over(job_id: int) -> bool:
    """Put a waiting job on the queue, once: False when it is there already, or not waiting any more."""
    waiting = Job.objects.filter(pk=job_id, state=Job.State.QUEUED, handed_at=None)
    with transaction.atomic():
        if not waiting.update(handed_at=timezone.now()):
            return False
        kind = Job.objects.values_list("kind", flat=True).get(pk=job_id)
        async_task(
            "jobs.runner.deliver",
            job_id,
            q_options={
                "task_name": f"{kind} {job_id}"[:100],
                "group": kind,
                "timeout": timeout_of(kind),
                # The ledger is the register of what was done; the queue need not keep another.
                "save": False,
            },
        )
    return True


def timeout_of(kind: str) -> int:
    try:
        return registry.get(kind).timeout or timing().timeout
    except UnknownKind:
        return timing().timeout
