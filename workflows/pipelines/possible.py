"""Where somebody may move a record, and what each move asks for."""

from __future__ import annotations

from dataclasses import dataclass

from crm_config.conditions.api import Subject
from crm_config.definitions import FieldDef
from records.access.subjects import subject_of
from records.selectors import RecordView
from workflows.pipelines.definitions import PipelineDef, StageDef
from workflows.pipelines.judging import may_go, takes
from workflows.pipelines.live import has_stages, pipeline_with, pipelines_of
from workflows.pipelines.machine import Move, moves


@dataclass(frozen=True, eq=False)
class Possible:
    """A stage that the record may be moved to, and the fields that are asked for on the way."""

    stage: StageDef
    pipeline: PipelineDef
    name: str
    asked: tuple[str, ...] = ()


def stage_key(record: RecordView) -> str | None:
    """The stage as the reader may know it."""
    return record.record.stage if "stage" in record.readable else None


def possible(record: RecordView) -> list[Possible]:
    """In the order of the stages; each stage once. Nothing for who may not move the record."""
    if record.archived or not has_stages(record.type) or not record.may("transition"):
        return []
    subject = subject_of(record.record, record.type, record.access.snapshot)
    pipeline = pipeline_with(record.access.snapshot, record.type.key, record.record.stage)
    if subject is None or "stage" not in record.readable:
        return []
    if pipeline is None:
        return _first(record, subject)
    here = pipeline.by_key[record.record.stage or ""]
    found: dict[str, Possible] = {}
    for move in moves(pipeline, here.key):
        if may_go(move.transition, pipeline, lambda: subject, record.access):
            found.setdefault(move.to.key, _possible(move, pipeline, here))
    return list(found.values())


def _possible(move: Move, pipeline: PipelineDef, here: StageDef) -> Possible:
    transition = move.transition
    named = transition.label if transition else ""
    on_the_way = transition.fields if transition else ()
    asked = dict.fromkeys((*here.exit, *on_the_way, *move.to.entry))
    return Possible(move.to, pipeline, named or move.to.label, tuple(asked))


def _first(record: RecordView, subject: Subject) -> list[Possible]:
    """Of a record that came before its pipeline."""
    return [
        Possible(stage, pipeline, stage.label, stage.entry)
        for pipeline in pipelines_of(record.access.snapshot, record.type.key)
        if takes(pipeline, lambda: subject, record.access)
        for stage in pipeline.active
    ]


def asked_fields(record: RecordView, move: Possible) -> list[FieldDef]:
    """Those of the fields asked for that the reader may see here."""
    fields = record.type.all_fields
    return [fields[key] for key in move.asked if key in record.readable and key in fields]
