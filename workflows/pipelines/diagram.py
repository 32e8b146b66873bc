"""Where stages and transitions stand in the drawing of a pipeline. Measures are in the drawing's own units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflows.pipelines.definitions import PipelineDef, StageDef, TransitionDef

WIDTH, HEIGHT, GAP = 118, 44, 32
MARGIN, ARC = 12, 26


@dataclass(frozen=True)
class Box:
    stage: StageDef
    x: int
    y: int
    unreachable: bool = False
    dead_end: bool = False

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def text_y(self) -> int:
        return self.y + HEIGHT // 2 + 5


@dataclass(frozen=True)
class Arrow:
    """`path` is that of an SVG path. `transition` is None for a way that the switches allow."""

    transition: TransitionDef | None
    words: str
    path: str


@dataclass(frozen=True)
class Diagram:
    boxes: list[Box]
    arrows: list[Arrow]
    width: int
    height: int
    #: Of the boxes.
    box_width: int = WIDTH
    box_height: int = HEIGHT


def drawn(pipeline: PipelineDef, unreachable: set[str], dead_ends: set[str]) -> Diagram:
    """Stages in a row; ways to later stages pass above them, those to earlier ones below."""
    stages, edges = pipeline.active, list(_edges(pipeline))
    above = max((t - s for s, t, _e in edges if t > s), default=0)
    below = max((s - t for s, t, _e in edges if t < s), default=0)
    top = MARGIN + (ARC * above if above > 1 else 0)
    boxes = [
        Box(s, MARGIN + i * (WIDTH + GAP), top, s.key in unreachable, s.key in dead_ends)
        for i, s in enumerate(stages)
    ]
    arrows = [
        Arrow(edge, _words(edge, stages[s], stages[t]), _path(boxes[s], boxes[t], t - s))
        for s, t, edge in edges
    ]
    width = 2 * MARGIN + len(stages) * WIDTH + max(0, len(stages) - 1) * GAP
    height = top + HEIGHT + MARGIN + ARC * below
    return Diagram(boxes, arrows, width, height)


def _edges(pipeline: PipelineDef) -> Iterator[tuple[int, int, TransitionDef]]:
    """Of a way that starts from everywhere, an arrow from each stage would hide the others: it has none here, and
    a line in the table."""
    places = pipeline.places
    for transition in pipeline.transitions:
        for source in transition.sources:
            if source in places and transition.to in places and source != transition.to:
                yield places[source], places[transition.to], transition


def _path(source: Box, target: Box, by: int) -> str:
    if by == 1:
        y = source.y + HEIGHT // 2
        return f"M {source.x + WIDTH} {y} L {target.x - 4} {y}"
    if by > 1:
        y = source.y - ARC * by
        return (
            f"M {source.middle + 12} {source.y} C {source.middle + 24} {y},"
            f" {target.middle - 24} {y}, {target.middle - 12} {target.y - 4}"
        )
    y = source.y + HEIGHT + ARC * -by
    low = source.y + HEIGHT
    return (
        f"M {source.middle - 12} {low} C {source.middle - 24} {y},"
        f" {target.middle + 24} {y}, {target.middle + 12} {low + 4}"
    )


def _words(transition: TransitionDef, source: StageDef, target: StageDef) -> str:
    way = f"{source.label} → {target.label}"
    return f"{transition.label}: {way}" if transition.label else way
