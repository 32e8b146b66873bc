"""Tables, with their heads again on each page, and bars drawn in their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from records.pdf.sheet import Sheet
from records.pdf.style import BODY, GAP, HEAD, TONES, TRACK, Style

#: Around the text of a cell.
EDGE = 1.2
#: How high a bar is.
BAR = 3.2


@dataclass(frozen=True)
class Column:
    """`share` is its part of the width, compared with the others. Numbers stand at its end."""

    heading: str
    share: float = 1
    number: bool = False


@dataclass(frozen=True)
class Mark:
    """A bar over so much of its cell, from 0 to 1; its figure stands in another cell. Tones: see `style`."""

    share: float
    tone: str = ""


Cell = str | Mark


@dataclass(frozen=True)
class _Place:
    column: Column
    x: float
    width: float


@dataclass(frozen=True)
class _Laid:
    """The lines of a cell, or its bar."""

    lines: Sequence[str]
    mark: Mark | None = None


def table(
    sheet: Sheet, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, ruled: bool = True
) -> None:
    places = _places(sheet, columns)
    heads = [_Laid(sheet.lines_of(p.column.heading, p.width, HEAD)) for p in places]
    headed = False
    for row in rows:
        laid = [_laid(sheet, cell, place) for cell, place in zip(row, places, strict=True)]
        if not headed:
            sheet.need(_height(heads, HEAD) + _height(laid, BODY))
            _draw(sheet, heads, places, HEAD, ruled=True)
            headed = True
        _row(sheet, laid, heads, places, ruled=ruled)
    sheet.down(GAP / 2)


def _places(sheet: Sheet, columns: Sequence[Column]) -> list[_Place]:
    """From where the language begins."""
    unit = sheet.width / sum(column.share for column in columns)
    found, taken = [], 0.0
    for column in columns:
        width = unit * column.share
        x = sheet.width - taken - width if sheet.rtl else taken
        found.append(_Place(column, sheet.left + x + EDGE, width - 2 * EDGE))
        taken += width
    return found


def _laid(sheet: Sheet, cell: Cell, place: _Place) -> _Laid:
    if isinstance(cell, Mark):
        return _Laid((), cell)
    return _Laid(sheet.lines_of(cell, place.width, BODY))


def _row(
    sheet: Sheet,
    laid: Sequence[_Laid],
    heads: Sequence[_Laid],
    places: Sequence[_Place],
    *,
    ruled: bool,
) -> None:
    """One that is higher than a page goes on on the next."""
    rest: Sequence[_Laid] | None = laid
    while rest:
        if sheet.need(min(_height(rest, BODY), sheet.most_room / 2)):
            _draw(sheet, heads, places, HEAD, ruled=True)
        most = max(int((sheet.room - 2 * EDGE) / BODY.leading), 1)
        fitting = [_Laid(cell.lines[:most], cell.mark) for cell in rest]
        over = [_Laid(cell.lines[most:]) for cell in rest]
        _draw(sheet, fitting, places, BODY, ruled=ruled)
        rest = over if any(cell.lines for cell in over) else None
        if rest:
            sheet.add_page()
            _draw(sheet, heads, places, HEAD, ruled=True)


def _height(laid: Sequence[_Laid], style: Style) -> float:
    return max(1, *(len(cell.lines) for cell in laid)) * style.leading + 2 * EDGE


def _draw(
    sheet: Sheet, laid: Sequence[_Laid], places: Sequence[_Place], style: Style, *, ruled: bool
) -> None:
    top, height = sheet.y, _height(laid, style)
    for cell, place in zip(laid, places, strict=True):
        if cell.mark is not None:
            _bar(sheet, cell.mark, place, top + EDGE + (style.leading - BAR) / 2)
        for number, line in enumerate(cell.lines):
            y = top + EDGE + number * style.leading
            at_end = place.column.number
            sheet.put(line, x=place.x, y=y, width=place.width, style=style, at_end=at_end)
    if ruled:
        sheet.rule(top + height)
    sheet.set_xy(sheet.left, top + height)


def _bar(sheet: Sheet, mark: Mark, place: _Place, y: float) -> None:
    sheet.set_fill_color(*TRACK)
    sheet.rect(place.x, y, place.width, BAR, style="F")
    long = place.width * min(max(mark.share, 0), 1)
    if long:
        x = place.x + place.width - long if sheet.rtl else place.x
        sheet.set_fill_color(*TONES.get(mark.tone, TONES[""]))
        sheet.rect(x, y, long, BAR, style="F")
