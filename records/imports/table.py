"""A table out of a file: headings that are unique, and rows that know what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from statistics import median_high
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm_config.field_types.base import is_blank
from crm_config.field_types.support.texts import clean_text
from records.imports.errors import FileRefused
from records.imports.limits import KEPT_OF_A_CELL, MAX_CELL, MAX_COLUMNS, MAX_ROWS

Cells = list[Any]
LONGEST_HEADING = 200
#: Titles and notes may stand above the headings: that far down they are looked for.
LOOK_FOR_HEADINGS = 20


@dataclass
class Line:
    """One line of a file as its format gave it, counted from one; `troubles` tells of single cells."""

    number: int
    cells: Cells
    troubles: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """As many cells as there are headings. `troubles` are reasons why the row cannot be taken."""

    number: int
    cells: Cells
    troubles: tuple[str, ...] = ()


@dataclass
class Table:
    """`rows` can be gone through once. `heading_row` is 0 where the file has no headings."""

    headings: tuple[str, ...]
    heading_row: int
    rows: Iterator[Row]
    repeated: tuple[str, ...] = ()


def tabulate(lines: Iterable[Line], heading_row: int | None) -> Table:
    """A table of lines. Without a `heading_row` the headings are looked for.

    Raises `FileRefused` where there are no lines, no headings or no rows.
    """
    stream = iter(lines)
    head = _first(stream, max(LOOK_FOR_HEADINGS, heading_row or 0))
    if not head:
        raise FileRefused("empty", _("The file is empty."))
    place = _heading_line(head) if heading_row is None else heading_row
    headings, below = _headings(head, place)
    rows = _rows(chain(below, stream), len(headings))
    first = next(rows, None)
    if first is None:
        raise FileRefused("no_rows", _("There are headings in the file, but no rows under them."))
    repeated = tuple(name for name, times in Counter(map(_plain, headings)).items() if times > 1)
    return Table(unique(headings), place, chain([first], rows), repeated)


def _first(stream: Iterator[Line], until: int) -> list[Line]:
    found: list[Line] = []
    for line in stream:
        if not _blank(line.cells):
            found.append(line)
        if line.number >= until and found:
            break
    return found


def _heading_line(head: Sequence[Line]) -> int:
    """The first line that is nearly as full as lines usually are: a title above a table fills one cell."""
    usual = median_high(_filled(line.cells) for line in head)
    return next(line.number for line in head if _filled(line.cells) * 2 > usual)


def _headings(head: Sequence[Line], place: int) -> tuple[list[str], list[Line]]:
    """The headings' texts, and those of the lines read so far that stand below."""
    below = [line for line in head if line.number > place]
    if place == 0:
        width = max(len(line.cells) for line in head)
        names = [""] * width
    else:
        names = next((_names(line) for line in head if line.number == place), [])
        if not any(names):
            raise FileRefused(
                "no_headings", _("Line %(number)s holds no headings.") % {"number": place}
            )
    if len(names) > MAX_COLUMNS:
        raise FileRefused(
            "too_wide",
            _("The file has %(count)s columns; at most %(most)s are taken.")
            % {"count": len(names), "most": MAX_COLUMNS},
        )
    return names, below


def _names(line: Line) -> list[str]:
    names = [
        clean_text(str(cell))[:LONGEST_HEADING] if cell is not None else "" for cell in line.cells
    ]
    while names and not names[-1]:
        names.pop()
    return names


def _plain(name: str) -> str:
    return name.casefold()


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Every column has a name of its own: `Phone`, `Phone (2)`; those without one are called by letter."""
    given = [name or _("Column %(letter)s") % {"letter": letter(i)} for i, name in enumerate(names)]
    taken: set[str] = set()
    found: list[str] = []
    for name in given:
        candidate, number = name, 1
        while _plain(candidate) in taken:
            number += 1
            candidate = f"{name} ({number})"
        taken.add(_plain(candidate))
        found.append(candidate)
    return tuple(found)


def letter(place: int) -> str:
    """As spreadsheets call their columns: A to Z, AA, AB, …"""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _rows(lines: Iterable[Line], width: int) -> Iterator[Row]:
    """Blank lines are left out."""
    count = 0
    for line in lines:
        if _blank(line.cells) and not line.troubles:
            continue
        count += 1
        if count > MAX_ROWS:
            raise FileRefused(
                "too_long",
                _("The file has more than %(most)s rows: split it.") % {"most": MAX_ROWS},
            )
        yield _row(line, width)


def _row(line: Line, width: int) -> Row:
    troubles = list(line.troubles)
    cells = line.cells
    if over := _filled(cells[width:]):
        troubles.append(
            ngettext(
                "There is %(count)s cell more than there are headings: is a delimiter or a "
                "quotation mark out of place?",
                "There are %(count)s cells more than there are headings: is a delimiter or a "
                "quotation mark out of place?",
                over,
            )
            % {"count": over}
        )
    cells = (cells + [None] * (width - len(cells)))[: max(width, len(cells) if over else 0)]
    for place, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) > MAX_CELL:
            cells[place] = cell[:KEPT_OF_A_CELL] + "…"
            troubles.append(
                _("Cell %(letter)s holds %(length)s characters; at most %(most)s are taken.")
                % {"letter": letter(place), "length": len(cell), "most": MAX_CELL}
            )
    return Row(line.number, cells, tuple(troubles))


def _filled(cells: Sequence[Any]) -> int:
    return sum(not is_blank(cell) for cell in cells)


def _blank(cells: Sequence[Any]) -> bool:
    return all(is_blank(cell) for cell in cells)
