"""A line through points, each with an interval around it. Whoever draws one puts its numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from records.pdf.sheet import Sheet
from records.pdf.style import GAP, HINT, MAIN, RULE, SOFT

HEIGHT = 36.0
#: Of a point.
RADIUS = 0.9
LIGHT = (170, 208, 209)


@dataclass(frozen=True)
class Spot:
    """From 0 to 1, from the left and from the top. `low` and `high` are the ends of the interval."""

    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True)
class Plot:
    """`lines` join neighbours; `level` is a height that is marked, such as that of nought."""

    spots: Sequence[Spot]
    lines: Sequence[Sequence[tuple[float, float]]]
    level: float | None = None
    #: Below the drawing, at its beginning, in its middle and at its end.
    axis: tuple[str, str, str] = ("", "", "")


def plot(sheet: Sheet, found: Plot) -> None:
    sheet.need(HEIGHT + HINT.leading + GAP)
    top = sheet.y

    def at(x: float, y: float) -> tuple[float, float]:
        return sheet.left + x * sheet.width, top + y * HEIGHT

    if found.level is not None:
        sheet.set_draw_color(*SOFT)
        sheet.set_line_width(0.15)
        sheet.set_dash_pattern(dash=1, gap=1)
        sheet.line(*at(0, found.level), *at(1, found.level))
        sheet.set_dash_pattern()
    sheet.set_draw_color(*LIGHT)
    sheet.set_line_width(1.2)
    for spot in found.spots:
        sheet.line(*at(spot.x, spot.high), *at(spot.x, spot.low))
    sheet.set_draw_color(*MAIN)
    sheet.set_line_width(0.6)
    for line in found.lines:
        sheet.polyline([at(*point) for point in line])
    sheet.set_fill_color(*MAIN)
    for spot in found.spots:
        sheet.circle(*at(spot.x, spot.y), radius=RADIUS, style="F")
    sheet.set_draw_color(*RULE)
    sheet.set_line_width(0.2)
    sheet.line(*at(0, 1), *at(1, 1))
    _axis(sheet, found.axis, top + HEIGHT + 1)
    sheet.set_xy(sheet.left, top + HEIGHT + 1 + HINT.leading)
    sheet.down(GAP / 2)


def _axis(sheet: Sheet, axis: tuple[str, str, str], y: float) -> None:
    """Time goes from left to right whatever the language. The middle has half of the width."""
    for place, text in enumerate(axis):
        room = sheet.width / (2 if place == 1 else 4)
        line = sheet.lines_of(text, room, HINT)[0]
        wide = sheet.get_string_width(line)
        x = sheet.left + (sheet.width - wide) * place / 2
        sheet.put(line, x=x, y=y, width=wide, style=HINT)
