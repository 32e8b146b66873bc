"""The pipelines of a snapshot, asked by type and stage."""

from __future__ import annotations

from collections.abc import Mapping

from crm_config.definitions import Snapshot, TypeDef
from workflows.pipelines.definitions import PipelineDef, StageDef

SECTION = "pipelines"


def all_pipelines(snapshot: Snapshot) -> Mapping[str, PipelineDef]:
    found: Mapping[str, PipelineDef] = snapshot.sections.get(SECTION) or {}
    return found


def pipelines_of(snapshot: Snapshot, record_type: str) -> tuple[PipelineDef, ...]:
    """Those in use, in their order: the first that fits takes a new record."""
    known: dict[str, tuple[PipelineDef, ...]] = snapshot.memo.setdefault("pipelines.of", {})
    if record_type not in known:
        held = (p for p in all_pipelines(snapshot).values() if not p.retired and p.active)
        found = [p for p in held if p.record_type == record_type]
        known[record_type] = tuple(sorted(found, key=lambda p: (p.order, p.key)))
    return known[record_type]


def pipeline_with(snapshot: Snapshot, record_type: str, stage: str | None) -> PipelineDef | None:
    """The pipeline that holds the stage."""
    held = pipelines_of(snapshot, record_type)
    return next((p for p in held if stage in p.by_key), None)


def stage_of(snapshot: Snapshot, record_type: str, stage: str | None) -> StageDef | None:
    pipeline = pipeline_with(snapshot, record_type, stage)
    return pipeline.by_key[stage] if pipeline is not None and stage is not None else None


def has_stages(record_type: TypeDef) -> bool:
    return "stage" in record_type.system
