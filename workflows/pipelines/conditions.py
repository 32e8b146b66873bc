"""The conditions of pipelines, read once for each version. One that cannot be read any more is None, and whoever
asks must then refuse: a clause is never dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crm_config import rules
from crm_config.conditions.api import Condition, ConditionInvalid
from crm_config.definitions import Snapshot
from workflows.pipelines.definitions import PipelineDef, TransitionDef
from workflows.pipelines.live import all_pipelines

MEMO = "pipelines.conditions"


def condition_of(pipeline: PipelineDef, snapshot: Snapshot) -> Condition | None:
    return _compiled((pipeline.key, "condition"), pipeline, pipeline.condition, snapshot)


def guard_of(
    transition: TransitionDef, pipeline: PipelineDef, snapshot: Snapshot
) -> Condition | None:
    return _compiled((pipeline.key, transition.key, "guard"), pipeline, transition.guard, snapshot)


def by_of(transition: TransitionDef, pipeline: PipelineDef, snapshot: Snapshot) -> Condition | None:
    return _compiled((pipeline.key, transition.key, "by"), pipeline, transition.by, snapshot)


def _compiled(
    name: tuple[str, ...], pipeline: PipelineDef, raw: Any, snapshot: Snapshot
) -> Condition | None:
    known: dict[tuple[str, ...], Condition | None] = snapshot.memo.setdefault(MEMO, {})
    if name not in known:
        try:
            known[name] = rules.read(raw, snapshot, snapshot.types[pipeline.record_type])
        except (ConditionInvalid, KeyError):
            known[name] = None
    return known[name]


@dataclass(frozen=True)
class Broken:
    """A pipeline with a condition that can no longer be read."""

    pipeline: PipelineDef
    what: str


def broken(snapshot: Snapshot) -> Iterator[Broken]:
    """Pipelines that take no new records, and transitions that nobody can go."""
    for pipeline in all_pipelines(snapshot).values():
        record_type = snapshot.types.get(pipeline.record_type)
        if pipeline.retired or record_type is None or record_type.retired:
            continue
        if pipeline.condition and condition_of(pipeline, snapshot) is None:
            yield Broken(pipeline, pipeline.label)
        for transition in pipeline.transitions:
            unread = (transition.guard and guard_of(transition, pipeline, snapshot) is None) or (
                transition.by and by_of(transition, pipeline, snapshot) is None
            )
            if unread:
                yield Broken(pipeline, transition.label or transition.key)
