"""Records that have no stage yet, because they came before their pipeline, and those in a stage that takes no more:
where they belong, and the job that puts them there."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.live import pinned
from crm_config.signals import published
from jobs.registry import job
from jobs.runs import JobRun
from jobs.services import enqueue
from records import services
from records.access import Access
from records.access.subjects import pooled, subject_of
from records.gate import Change
from records.models import Event, Record
from records.models.record import RecordQuerySet
from workflows.pipelines.judging import taking
from workflows.pipelines.live import all_pipelines, pipelines_of

KIND = "workflows.place"
CHUNK = 500


@receiver(published)
def place_records(snapshot: Snapshot, previous: Snapshot, **kwargs: Any) -> None:
    """Where a pipeline is new, or says otherwise where records go."""
    before = all_pipelines(previous)
    for pipeline in all_pipelines(snapshot).values():
        former = before.get(pipeline.key)
        known = former is not None and not former.retired
        if pipeline.retired or (known and former is not None and _same(former, pipeline)):
            continue
        record_type = snapshot.types.get(pipeline.record_type)
        if record_type is not None and not record_type.retired:
            key = f"{KIND}:{record_type.key}:{snapshot.version}"
            enqueue(kind=KIND, args={"type": record_type.key}, key=key)


def _same(former: Any, pipeline: Any) -> bool:
    def places(one: Any) -> list[tuple[str, bool, str]]:
        return [(s.key, s.retired, s.moved_to) for s in one.stages]

    return places(former) == places(pipeline)


def unplaced(record_type: TypeDef, snapshot: Snapshot) -> RecordQuerySet:
    held = pipelines_of(snapshot, record_type.key)
    leaving = [s.key for p in held for s in p.stages if s.retired and s.moved_to]
    known = [s.key for p in held for s in p.stages]
    lost = Q(stage=None) | ~Q(stage__in=known) | Q(stage__in=leaving)
    return Record.unscoped.of(record_type).filter(lost, archived_at=None)


def place_of(record: Record, record_type: TypeDef, access: Access) -> str | None:
    """The stage in which it belongs; None where no pipeline takes it."""
    snapshot = access.snapshot
    for pipeline in pipelines_of(snapshot, record_type.key):
        stage = pipeline.by_key.get(record.stage or "")
        if stage is not None and stage.retired:
            return stage.moved_to or None
    subject = subject_of(record, record_type, snapshot)
    taken_by = taking(record_type, lambda: subject, access) if subject is not None else None
    if taken_by is None:
        return None
    f = record_type.fields.get(taken_by.from_field)
    told = record.data.get(f.stored_key) if f is not None else None
    return told if told in taken_by.places else taken_by.start.key


@job(KIND, label=_("Put records into their stages"))
def place(run: JobRun) -> dict[str, int]:
    """One chunk a transaction, in the order of ids; resumes after the last. Whoever moved a record meanwhile
    is not overruled: what has its stage is no longer looked at."""
    with pinned() as snapshot:
        record_type = snapshot.types[run.args["type"]]
        access = Access.system()
        rows = unplaced(record_type, snapshot).order_by("pk")
        total, done, last = rows.count(), 0, run.cursor or 0
        while some := list(rows.filter(pk__gt=last)[:CHUNK]):
            run.stop_if_cancelled()
            with transaction.atomic():
                done += _place(some, record_type, access)
                last = some[-1].pk
                run.progress(done, total)
                run.checkpoint(last)
    return {"records": done}


def _place(some: list[Record], record_type: TypeDef, access: Access) -> int:
    pooled(some, access.snapshot)
    changes = [
        Change("change", id=record.pk, values={"stage": stage}, base_version=record.version)
        for record in some
        if (stage := place_of(record, record_type, access)) is not None
    ]
    receipt = services.execute(changes, access=access, channel=Event.Channel.SYSTEM, partial=True)
    return sum(outcome.written for outcome in receipt.outcomes)
