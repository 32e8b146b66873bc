"""The stage machine: which moves a pipeline has, whoever asks and whatever the record. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from workflows.pipelines.definitions import PipelineDef, StageDef, TransitionDef

#: Why there is no way: none is drawn, the pipeline goes only forward, or one stage at a time.
Obstacle = Literal["no_transition", "no_backward", "no_skip", "retired"]


@dataclass(frozen=True, eq=False)
class Move:
    """A way into a stage. `transition` is None where the pipeline draws none and its switches allow it."""

    to: StageDef
    transition: TransitionDef | None = None


def ways(pipeline: PipelineDef, source: str, target: str) -> list[Move] | Obstacle:
    """The ways from one stage of the pipeline to another, or why there is none."""
    to = pipeline.by_key[target]
    if to.retired:
        return "retired"
    if obstacle := _switched_off(pipeline, source, target):
        return obstacle
    if not pipeline.transitions:
        return [Move(to)]
    found = [Move(to, t) for t in pipeline.transitions if leads(t, source, target)]
    return found or "no_transition"


def leads(transition: TransitionDef, source: str, target: str) -> bool:
    return transition.to == target and (not transition.sources or source in transition.sources)


def _switched_off(pipeline: PipelineDef, source: str, target: str) -> Obstacle | None:
    """Out of a retired stage every way is open. To lose, to hold or to give up skips nothing."""
    places = pipeline.places
    if source not in places:
        return None
    if pipeline.no_backward and places[target] < places[source]:
        return "no_backward"
    between = pipeline.active[places[source] + 1 : places[target]]
    skipped = any(stage.meaning == "open" for stage in between)
    if pipeline.no_skip and skipped and pipeline.by_key[target].meaning in ("open", "won", "done"):
        return "no_skip"
    return None


def moves(pipeline: PipelineDef, source: str) -> Iterator[Move]:
    """All ways out of a stage, in the order of the stages."""
    for stage in pipeline.active:
        if stage.key != source:
            found = ways(pipeline, source, stage.key)
            if isinstance(found, list):
                yield from found


def unreachable(pipeline: PipelineDef) -> list[StageDef]:
    """Stages in use that no record can come to, from where records begin."""
    reached = {stage.key for stage in pipeline.starts}
    todo = list(reached)
    while todo:
        for move in moves(pipeline, todo.pop()):
            if move.to.key not in reached:
                reached.add(move.to.key)
                todo.append(move.to.key)
    return [stage for stage in pipeline.active if stage.key not in reached]


def dead_ends(pipeline: PipelineDef) -> list[StageDef]:
    """Stages that records cannot leave though nothing has ended there."""
    return [s for s in pipeline.active if not s.ended and not any(moves(pipeline, s.key))]
