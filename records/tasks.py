"""Jobs of the records app."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_config.live import live, pinned
from jobs.errors import Permanent
from jobs.registry import job, periodic
from jobs.runs import JobRun
from jobs.services import enqueue
from records import answers, bulk, indexes, services, typed
from records.contact import jobs as contacts  # noqa: F401
from records.exports import build as exports
from records.exports import files
from records.gate.handover import KIND, lost
from records.models import Event, Record
from records.promises import jobs as promises  # noqa: F401
from records.purge import jobs as purging  # noqa: F401
from records.segments import bulk as segment_lists
from records.segments import jobs as segments
from records.selectors import recent
from records.simulation import jobs as simulating  # noqa: F401
from records.subscribers import followers

CHUNK = 500


@job(KIND, label=_("Tell followers of changed records"))
def tell_followers(run: JobRun) -> None:
    """1. Take the batch's events that were not handed over. 2. Tell each follower. 3. Mark them."""
    events = list(
        Event.objects.filter(batch=uuid.UUID(run.args["batch"]), handed_over_at=None).order_by("id")
    )
    for follower in followers().values():
        follower.tell(events)
    Event.objects.filter(pk__in=[event.pk for event in events]).update(
        handed_over_at=timezone.now()
    )


@job("records.sweep", label=_("Find changes that followers missed"))
def sweep(run: JobRun) -> None:
    for batch in lost():
        enqueue(kind=KIND, args={"batch": batch}, key=f"{KIND}:{batch}")


@job("records.forget_answers", label=_("Forget old answers of the API"))
def forget_answers(run: JobRun) -> dict[str, int]:
    return {"forgotten": answers.forget_old()}


@job("records.indexes", label=_("Build and drop indexes"))
def build_indexes(run: JobRun) -> dict[str, int]:
    """Brings the database's indexes to what the published fields ask for."""
    steps = indexes.plan(live())
    total = len(steps.missing) + len(steps.superfluous)
    for done, name in enumerate(indexes.carry_out(steps), start=1):
        run.progress(done, total, name)
    return {"made": len(steps.missing), "dropped": len(steps.superfluous)}


@job("records.recompute", label=_("Compute fields anew"))
def recompute_type(run: JobRun) -> dict[str, int]:
    """All records of a type, in the order of their ids, one chunk a transaction; resumes after the last."""
    with pinned() as snapshot:
        record_type = snapshot.types.get(run.args["type"])
        if record_type is None:
            raise Permanent(_("There is no record type “%(key)s”.") % {"key": run.args["type"]})
        rows = Record.unscoped.of(record_type).order_by("pk").values_list("pk", flat=True)
        total, done, last = rows.count(), 0, run.cursor or 0
        while ids := list(rows.filter(pk__gt=last)[:CHUNK]):
            run.stop_if_cancelled()
            with transaction.atomic():
                services.recompute(ids, snapshot=snapshot)
                last, done = ids[-1], done + len(ids)
                run.progress(done, total)
                run.checkpoint(last)
    return {"records": done}


@job(bulk.KIND, label=_("Change many records"))
def change_many(run: JobRun) -> dict[str, Any]:
    return bulk.run(run)


@job(exports.KIND, label=_("Export records"))
def export(run: JobRun) -> dict[str, Any]:
    return exports.run(run)


@job("records.forget_exports", label=_("Remove the files of old exports"))
def forget_exports(run: JobRun) -> dict[str, int]:
    return {"forgotten": files.forget_old()}


@job("records.forget_recent", label=_("Forget what people looked at long ago"))
def forget_recent(run: JobRun) -> dict[str, int]:
    return {"forgotten": recent.forget_old()}


@job("records.forget_typed", label=_("Forget what was begun in forms long ago"))
def forget_typed(run: JobRun) -> dict[str, int]:
    return {"forgotten": typed.forget_old()}


@job(segment_lists.KIND, label=_("Change who is in a segment"))
def change_segment(run: JobRun) -> dict[str, Any]:
    return segment_lists.run(run)


@job(segments.KIND, label=_("Count segments"))
def count_segments(run: JobRun) -> dict[str, int]:
    return segments.run(run)


periodic("records.sweep", every=timedelta(minutes=5))
periodic("records.forget_answers", every=timedelta(days=1))
periodic("records.forget_exports", every=timedelta(days=1))
periodic("records.forget_recent", every=timedelta(days=1))
periodic("records.forget_typed", every=timedelta(days=1))
# Those that are due on a new day, which begins at another hour in each time zone.
periodic(segments.KIND, every=timedelta(hours=1))
