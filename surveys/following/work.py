"""The work of a follow-up: the record that its rule made. A task or a call is done when it is ticked off, a record
with stages when its stage is an end. What knows no end is no work: the follow-up stands on its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crm_config.definitions import Snapshot, TypeDef
from records.access import Access
from records.selectors import RecordView
from records.selectors.recent import visible_in_order
from surveys.models import FollowUp
from workflows.pipelines.live import pipelines_of, stage_of
from workflows.todo.sources.activities import TRAIT, moment_of, times_of

DONE, STAGE = "done", "stage"


def is_activity(record_type: TypeDef) -> bool:
    f = record_type.fields.get(DONE)
    return TRAIT in record_type.traits and f is not None and not f.retired


def ends(record_type: TypeDef, snapshot: Snapshot) -> bool:
    """Whether such records know an end."""
    return is_activity(record_type) or bool(pipelines_of(snapshot, record_type.key))


def finished(values: Mapping[str, Any], record_type: TypeDef, snapshot: Snapshot) -> bool:
    """By canonical values, the stage among them."""
    if is_activity(record_type) and values.get(DONE):
        return True
    stage = stage_of(snapshot, record_type.key, values.get(STAGE))
    return stage is not None and stage.ended


def of(row: FollowUp, access: Access) -> RecordView | None:
    """As far as `access` sees it."""
    return next(iter(visible_in_order([row.made_id], access=access)), None) if row.made_id else None


def is_open(view: RecordView) -> bool:
    """Work that is still to be done, as far as the reader may know."""
    snapshot = view.access.snapshot
    if view.archived or not ends(view.type, snapshot):
        return False
    values = {STAGE: view.record.stage if STAGE in view.readable else None}
    if is_activity(view.type):
        if DONE not in view.readable:
            return False
        values[DONE] = view.value(DONE)
    return not finished(values, view.type, snapshot)


def is_planned(view: RecordView, owner: int | None, *, after: datetime) -> bool:
    """Whether it comes up by itself, on a later day of whoever has the follow-up."""
    mine = view.record.owner_id == owner and is_activity(view.type)
    if not (mine and is_open(view) and times_of(view.type, view.access)):
        return False
    moment = moment_of(view)
    return moment is not None and moment >= after
