"""Jobs of the records app."""

import uuid
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.registry import job, periodic
from jobs.runs import JobRun
from jobs.services import enqueue
from records.gate.handover import KIND, lost
from records.models import Event
from records.subscribers import followers


@job(KIND, label=_("Tell followers of changed records"))
def tell_followers(run: JobRun) -> None:
    """1. Take the batch's events that were not handed over. 2. Tell each follower. 3. Mark them."""
    events = list(Event.objects.filter(batch=uuid.UUID(run.args["batch"]), handed_over_at=None).order_by("id"))
    for follower in followers().values():
        follower(events)
    Event.objects.filter(pk__in=[event.pk for event in events]).update(handed_over_at=timezone.now())


@job("records.sweep", label=_("Find changes that followers missed"))
def sweep(run: JobRun) -> None:
    for batch in lost():
        enqueue(kind=KIND, args={"batch": batch}, key=f"{KIND}:{batch}")


periodic("records.sweep", every=timedelta(minutes=5))
