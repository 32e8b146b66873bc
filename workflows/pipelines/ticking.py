"""Checklists of stages: what is ticked on a record, by whom and when, and what is still to be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from records.access import Access
from records.errors import Forbidden, NotVisible
from records.selectors import RecordView
from workflows.models import ChecklistTick
from workflows.pipelines.definitions import LOST, ON_HOLD, CheckDef, PipelineDef, StageDef
from workflows.pipelines.live import pipeline_with

#: By record, the keys that are ticked in a stage.
Ticked = Mapping[int, frozenset[tuple[str, str]]]


@dataclass(frozen=True)
class Entry:
    """One thing on the list, and who ticked it."""

    check: CheckDef
    tick: ChecklistTick | None

    @property
    def done(self) -> bool:
        return self.tick is not None


def stage_of(record: RecordView) -> StageDef | None:
    """The one it is in, as far as the reader may know, where it has a checklist."""
    if "stage" not in record.readable:
        return None
    pipeline = pipeline_with(record.access.snapshot, record.type.key, record.record.stage)
    stage = pipeline.by_key[record.record.stage or ""] if pipeline else None
    return stage if stage is not None and stage.checklist else None


def entries(record: RecordView, stage: StageDef) -> list[Entry]:
    rows = ChecklistTick.objects.filter(record=record.id, stage=stage.key).select_related("by")
    ticks = {row.item: row for row in rows}
    return [Entry(check, ticks.get(check.key)) for check in stage.checklist]


def may_tick(record: RecordView) -> bool:
    """Whoever may move the record on, or change it."""
    if record.archived or record.access.read_only:
        return False
    return record.may("transition") or record.may("change")


def tick(record: RecordView, item: str, *, done: bool, access: Access) -> None:
    """In the stage that the record is in. Whoever ticked first stays named. Raises `NotVisible` for what is not on
    the list, `Forbidden`."""
    stage = stage_of(record)
    if stage is None or item not in {check.key for check in stage.checklist}:
        raise NotVisible(item)
    if not may_tick(record):
        raise Forbidden(f"{record.id}")
    at = {"record_id": record.id, "stage": stage.key, "item": item}
    if done:
        given = {"by": access.user, "at": timezone.now()}
        ChecklistTick.objects.get_or_create(**at, defaults=given)
    else:
        ChecklistTick.objects.filter(**at).delete()


def ticked(ids: Iterable[int]) -> Ticked:
    """One query for all."""
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    rows = ChecklistTick.objects.filter(record__in=list(ids))
    for pk, stage, item in rows.values_list("record", "stage", "item"):
        found[pk].add((stage, item))
    return {pk: frozenset(some) for pk, some in found.items()}


def wanted(pipeline: PipelineDef, left: StageDef, to: StageDef) -> bool:
    """Whether the list of the stage that is left must be done: on the way forward, and not to lose or to hold."""
    if not left.all_done or not left.checklist or to.meaning in (LOST, ON_HOLD):
        return False
    places = pipeline.places
    if left.key not in places or to.key not in places:
        return False
    return places[to.key] > places[left.key]


def to_do(left: StageDef, done: frozenset[tuple[str, str]]) -> list[CheckDef]:
    return [check for check in left.checklist if (left.key, check.key) not in done]
