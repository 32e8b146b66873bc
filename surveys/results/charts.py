"""How charts are drawn: places of bars and points in a drawing of its own units, as the templates write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.results.trend import Point

WIDTH, HEIGHT = 600, 160
#: Around the points, so that they are not cut.
EDGE = 14


@dataclass(frozen=True)
class Mark:
    """A point of the trend, with the ends of its interval."""

    point: Point
    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True)
class Chart:
    marks: Sequence[Mark]
    #: Each a line of neighbours that are both shown.
    lines: Sequence[str]
    #: Where nought lies, None outside of the drawing.
    nought: float | None
    top: float
    bottom: float


def chart_of(points: Sequence[Point]) -> Chart | None:
    """None where there are not two scores to compare."""
    shown = [p for p in points if p.score is not None and p.score.value is not None]
    if len(shown) < 2:
        return None
    lows = [_low(p) for p in shown]
    highs = [_high(p) for p in shown]
    bottom, top = min(lows), max(highs)
    spread = (top - bottom) or 1.0

    def y(value: float) -> float:
        return round(EDGE + (top - value) / spread * (HEIGHT - 2 * EDGE), 1)

    def x(place: int) -> float:
        return round(EDGE + place * (WIDTH - 2 * EDGE) / max(len(points) - 1, 1), 1)

    marks, lines, line = [], [], list[str]()
    for place, point in enumerate(points):
        if point.score is None or point.score.value is None:
            lines.append(" ".join(line))
            line = []
            continue
        mark = Mark(point, x(place), y(point.score.value), y(_low(point)), y(_high(point)))
        marks.append(mark)
        line.append(f"{mark.x},{mark.y}")
    lines.append(" ".join(line))
    nought = y(0) if bottom < 0 < top else None
    return Chart(marks, [each for each in lines if " " in each], nought, top, bottom)


def _low(point: Point) -> float:
    score = point.score
    if score is None or score.value is None:
        raise LookupError(point.first)
    return score.value if score.low is None else score.low


def _high(point: Point) -> float:
    score = point.score
    if score is None or score.value is None:
        raise LookupError(point.first)
    return score.value if score.high is None else score.high
