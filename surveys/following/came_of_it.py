"""What was said of the work of a follow-up when it was done: on its record, and as far as its reader sees that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from records.models import Event
from records.selectors import RecordView
from surveys.following import work
from workflows.pipelines.live import stage_of
from workflows.todo.closing import ASKED_KINDS


@dataclass(frozen=True)
class Told:
    label: str
    value: str


def told(view: RecordView) -> Sequence[Told]:
    """Nothing while it is open."""
    if work.is_open(view):
        return []
    said = _last_said(view)
    found = [
        Told(f.label, view.display(f.key))
        for f in view.fields
        if f.key in said and f.type.key in ASKED_KINDS and view.value(f.key) is not None
    ]
    return [*_stage(view), *found]


def _last_said(view: RecordView) -> frozenset[str]:
    """The fields that were written when it was done last."""
    done = Q(changes__has_key=work.DONE) | Q(changes__has_key=work.STAGE)
    rows = Event.objects.filter(done, record_id=view.id).order_by("-version")
    return frozenset(rows.values_list("changes", flat=True).first() or ())


def _stage(view: RecordView) -> list[Told]:
    if work.STAGE not in view.readable:
        return []
    stage = stage_of(view.access.snapshot, view.type.key, view.record.stage)
    return [Told(view.type.field(work.STAGE).label, stage.label)] if stage else []
