"""The stages at the gate, on every path. First a new record is put where it begins and a move's own values are
set; then, when all values are worked out, the move is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from django.utils.translation import gettext as _

from crm_config.conditions.api import Subject
from crm_config.field_types.base import ValueRefused
from records.access.subjects import subject_of as stored
from records.gate.batch import Batch
from records.gate.draft import STAGE, Draft
from records.gate.permissions import to_be_made
from records.gate.subjects import subjects_of
from records.models import Event
from workflows.pipelines import ticking
from workflows.pipelines.definitions import PipelineDef, StageDef
from workflows.pipelines.judging import (
    Ask,
    Finding,
    chosen,
    missing,
    no_way,
    rule_of,
    takes,
    taking,
)
from workflows.pipelines.live import has_stages, pipeline_with, pipelines_of
from workflows.pipelines.machine import Move, ways


class Looks:
    """The drafts of a batch as conditions ask them: made when the first one asks, for most ask nothing."""

    def __init__(self, batch: Batch, drafts: Sequence[Draft]) -> None:
        self.batch, self.drafts = batch, drafts

    @cached_property
    def _after(self) -> Mapping[Draft, Subject]:
        return subjects_of(self.drafts, self.batch.snapshot)

    @cached_property
    def _ticked(self) -> ticking.Ticked:
        return ticking.ticked(d.change.id for d in self.drafts if d.change.id is not None)

    def ticked(self, draft: Draft) -> frozenset[tuple[str, str]]:
        """What of its checklists is done; asked once for all, where a stage wants it."""
        return self._ticked.get(draft.change.id or 0, frozenset())

    def after(self, draft: Draft) -> Ask:
        return lambda: self._after[draft]

    def before(self, draft: Draft) -> Ask:
        return lambda: self._stored(draft)

    def _stored(self, draft: Draft) -> Subject:
        record = draft.record
        snapshot = self.batch.snapshot
        found = stored(record, draft.record_type, snapshot) if record is not None else None
        if found is None:
            raise LookupError(draft.change.id)
        return found


def place(batch: Batch) -> None:
    """Before computed fields, which may read what it sets."""
    drafts = _concerned(batch)
    if not drafts:
        return
    looks = Looks(batch, drafts)
    for draft in drafts:
        if draft.action == "create" and draft.stage is None:
            pipeline = taking(draft.record_type, looks.after(draft), batch.access)
            if pipeline is not None:
                draft.put(STAGE, pipeline.start.key)
        _set_values(batch, draft, looks)


def judge(batch: Batch) -> None:
    drafts = _concerned(batch)
    if not drafts:
        return
    looks = Looks(batch, drafts)
    for draft in drafts:
        _judge(batch, draft, looks)


def _concerned(batch: Batch) -> list[Draft]:
    """New records, and changes that touch the stage or a field that it asks for."""
    if batch.recomputes:
        return []
    drafts = [d for d in batch.judged("create", "change") if has_stages(d.record_type)]
    return [d for d in drafts if d.action == "create" or d.changed()]


def _set_values(batch: Batch, draft: Draft, looks: Looks) -> None:
    """What the way and the stage give fields that nobody gave a value."""
    pipeline = pipeline_with(batch.snapshot, draft.record_type.key, draft.stage)
    if pipeline is None or STAGE not in draft.changed():
        return
    values = dict(_of_stage(draft, pipeline.by_key[draft.stage or ""]))
    move = _move(batch, draft, pipeline, looks)
    if move is not None and move.transition is not None:
        values.update(move.transition.sets)
    for key, raw in values.items():
        f = draft.record_type.all_fields.get(key)
        if f is None or key in draft.given:
            continue
        try:
            draft.put(key, f.type.coerce(f, raw, batch.context))
        except ValueRefused as refusal:
            draft.refuse(refusal.code, refusal.message, key)


def _of_stage(draft: Draft, stage: StageDef) -> dict[str, str]:
    probability = draft.record_type.fields.get("probability")
    if stage.probability is None or probability is None or "deal" not in draft.record_type.traits:
        return {}
    return {"probability": str(stage.probability)}


def _move(batch: Batch, draft: Draft, pipeline: PipelineDef, looks: Looks) -> Move | None:
    """The way that a change goes, within its pipeline."""
    source = draft.before.get(STAGE)
    if draft.action != "change" or source not in pipeline.by_key or draft.stage is None:
        return None
    found = ways(pipeline, str(source), draft.stage)
    if not isinstance(found, list):
        return None
    move, _in_the_way = chosen(
        found, pipeline, looks.before(draft), looks.after(draft), batch.access
    )
    return move


def _judge(batch: Batch, draft: Draft, looks: Looks) -> None:
    moved = STAGE in draft.changed()
    pipeline = pipeline_with(batch.snapshot, draft.record_type.key, draft.stage)
    if pipeline is None:
        if moved and pipelines_of(batch.snapshot, draft.record_type.key):
            draft.refuse("stage_needed", _("Say in which stage it is to be."), STAGE)
        return
    stage = pipeline.by_key[draft.stage or ""]
    if draft.action == "create":
        found = _entering(batch, draft, pipeline, stage, looks)
    elif moved:
        found = _moving(batch, draft, pipeline, stage, looks)
    else:
        touched = [key for key in stage.entry if key in draft.changed()]
        found = missing(touched, draft.after, draft.record_type, stage)
    for finding in _hearable(batch, draft, found):
        if not finding.rule or finding.rule not in draft.change.waived:
            at = finding.field or STAGE if moved else finding.field
            if at not in draft.refused_fields:
                draft.refuse(finding.code, finding.message, at, rule=finding.rule or None)


def _hearable(batch: Batch, draft: Draft, found: list[Finding]) -> list[Finding]:
    """A field that the person may not read is not named; that something is missing there, is said once."""
    access, record_type = batch.access, draft.record_type
    if not any(finding.field for finding in found):
        return found
    readable = (
        access.readable(record_type)
        if draft.record is None
        else access.readable_of(draft.record, record_type)
    )
    named = [f for f in found if f.field is None or f.field in readable]
    if len(named) < len(found):
        message = _("Something that you may not see is missing for this stage: ask a colleague.")
        named.append(Finding("missing_for_stage", message))
    return named


def _entering(
    batch: Batch, draft: Draft, pipeline: PipelineDef, stage: StageDef, looks: Looks
) -> list[Finding]:
    """A new record begins at a start, except that whoever may move such records may bring them in as they were
    elsewhere."""
    if batch.channel == Event.Channel.IMPORT and pipeline.anywhere_by_import:
        made = to_be_made(batch.access, draft, "transition")
        if batch.access.allows("transition", made, draft.record_type):
            return []
    if batch.access.authority and batch.channel == Event.Channel.SYSTEM:
        return []
    if not takes(pipeline, looks.after(draft), batch.access):
        return [_wrong_pipeline(stage)]
    if stage not in pipeline.starts:
        message = _("New records begin in “%(stage)s”.") % {"stage": pipeline.start.label}
        return [Finding("not_a_start", message)]
    return missing(stage.entry, draft.after, draft.record_type, stage)


def _moving(
    batch: Batch, draft: Draft, pipeline: PipelineDef, stage: StageDef, looks: Looks
) -> list[Finding]:
    source = draft.before.get(STAGE)
    former = pipeline_with(batch.snapshot, draft.record_type.key, source)
    if former is None or former.by_key[str(source)].retired:
        if batch.access.authority and batch.channel == Event.Channel.SYSTEM:
            return []
        # It had none so far, or one that takes no more: any stage is a beginning.
        return missing(stage.entry, draft.after, draft.record_type, stage)
    if former is not pipeline:
        return _changing_pipeline(batch, draft, pipeline, stage, looks)
    found = ways(pipeline, str(source), stage.key)
    left = former.by_key[str(source)]
    if not isinstance(found, list):
        return [no_way(found, left, stage)]
    move, in_the_way = chosen(
        found, pipeline, looks.before(draft), looks.after(draft), batch.access
    )
    if move is None:
        return in_the_way
    asked = move.transition.fields if move.transition else ()
    return [
        *in_the_way,
        *_unticked(draft, former, left, stage, looks),
        *missing(left.exit, draft.after, draft.record_type, left, leaving=True),
        *missing((*stage.entry, *asked), draft.after, draft.record_type, stage),
    ]


def _unticked(
    draft: Draft, pipeline: PipelineDef, left: StageDef, stage: StageDef, looks: Looks
) -> list[Finding]:
    if not ticking.wanted(pipeline, left, stage):
        return []
    missed = ticking.to_do(left, looks.ticked(draft))
    if not missed:
        return []
    message = _("Tick first: %(items)s.") % {"items": ", ".join(check.label for check in missed)}
    return [Finding("checklist", message, rule_of(pipeline, left.key))]


def _changing_pipeline(
    batch: Batch, draft: Draft, pipeline: PipelineDef, stage: StageDef, looks: Looks
) -> list[Finding]:
    """Into another pipeline by its beginning, and only where it takes such records."""
    if not takes(pipeline, looks.after(draft), batch.access):
        return [_wrong_pipeline(stage)]
    if stage not in pipeline.starts:
        message = _("Records come into “%(pipeline)s” by “%(stage)s”.")
        said = {"pipeline": pipeline.label, "stage": pipeline.start.label}
        return [Finding("not_a_start", message % said)]
    return missing(stage.entry, draft.after, draft.record_type, stage)


def _wrong_pipeline(stage: StageDef) -> Finding:
    message = _("“%(stage)s” is not for such a record.") % {"stage": stage.label}
    return Finding("other_pipeline", message)
