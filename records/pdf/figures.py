"""Key figures: a few numbers, large, with what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from records.pdf.sheet import Sheet
from records.pdf.style import GAP, HINT, VALUE, Style

IN_A_LINE = 4


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    hint: str = ""


def figures(sheet: Sheet, found: Sequence[Figure]) -> None:
    """Four beside each other."""
    for start in range(0, len(found), IN_A_LINE):
        _line(sheet, found[start : start + IN_A_LINE])


def _line(sheet: Sheet, found: Sequence[Figure]) -> None:
    wide = sheet.width / IN_A_LINE
    inner = wide - GAP
    labels = [sheet.lines_of(figure.label, inner, HINT) for figure in found]
    hints = [sheet.lines_of(figure.hint, inner, HINT) if figure.hint else [] for figure in found]
    # The values stand at one height, however many lines their names take.
    named = max(map(len, labels)) * HINT.leading
    height = named + VALUE.leading + max(map(len, hints)) * HINT.leading
    sheet.need(height)
    top = sheet.y + (GAP / 2 if sheet.y > sheet.top else 0)
    for place, figure in enumerate(found):
        beside = IN_A_LINE - 1 - place if sheet.rtl else place
        x = sheet.left + wide * beside + (GAP if sheet.rtl else 0)
        _stack(sheet, labels[place], x, top, inner)
        style = _fitting(sheet, figure.value, inner)
        value = sheet.written(figure.value)
        sheet.put(value, x=x, y=top + named, width=inner, style=style)
        _stack(sheet, hints[place], x, top + named + VALUE.leading, inner)
    sheet.set_xy(sheet.left, top + height)
    sheet.down(GAP / 2)


def _stack(sheet: Sheet, lines: Sequence[str], x: float, y: float, width: float) -> None:
    for number, line in enumerate(lines):
        sheet.put(line, x=x, y=y + number * HINT.leading, width=width, style=HINT)


def _fitting(sheet: Sheet, value: str, width: float) -> Style:
    """Smaller where it would not fit."""
    style = VALUE
    while style.size > HINT.size and len(sheet.lines_of(value, width, style)) > 1:
        style = replace(style, size=style.size - 1)
    return style
