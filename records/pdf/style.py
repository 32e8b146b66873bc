"""How text and drawings look. Sizes are in points, lengths in millimetres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Colour = tuple[int, int, int]

INK: Colour = (33, 33, 33)
SOFT: Colour = (92, 92, 92)
RULE: Colour = (200, 200, 200)
TRACK: Colour = (238, 238, 238)
MAIN: Colour = (0, 108, 110)
#: By what bars are about; their figures stand beside them, so that no colour has to be told apart.
TONES: Mapping[str, Colour] = {
    "": MAIN,
    "good": (27, 134, 102),
    "fair": (240, 160, 0),
    "poor": (200, 60, 60),
}
MARGIN = 18.0
#: Between one thing and the next.
GAP = 4.0
POINT = 25.4 / 72


@dataclass(frozen=True)
class Style:
    size: float = 9.5
    bold: bool = False
    colour: Colour = INK

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.size * POINT * 1.4


BODY = Style()
STRONG = Style(bold=True)
HINT = Style(8.5, colour=SOFT)
HEAD = Style(8.5, bold=True, colour=SOFT)
VALUE = Style(17, bold=True)
TITLES = (Style(20, bold=True), Style(14, bold=True), Style(11, bold=True), Style(9.5, bold=True))
