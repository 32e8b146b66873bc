"""Putting the records that a file names into a segment: each line is looked up as imports look up records."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import FieldDef, TypeDef
from crm_config.segments import SegmentDef
from records.access import Access
from records.forms.writable import reading
from records.imports import delimiters, encodings
from records.imports.finding import RecordFinder
from records.imports.fitting import findable
from records.imports.mapping import ID
from records.models import SegmentMove
from records.segments.services import MESSAGES, REFUSED, change_list

MOST_LINES = 5_000
MOST_BYTES = 1_000_000
CHUNK = 500

PROBLEMS: dict[str, Promise | str] = {
    "several": gettext_lazy("Several records are called so: say which by its number or e-mail."),
    "unknown": gettext_lazy("There is no such record, or you may not see it."),
    "repeated": gettext_lazy("It stands in an earlier line too."),
    "found": gettext_lazy("Will be added."),
}


@dataclass(frozen=True)
class Line:
    """`number` counts the file's lines from 1; `code` says what became of it."""

    number: int
    text: str
    code: str = ""
    record_id: int | None = None

    @property
    def message(self) -> str:
        return str(MESSAGES.get(self.code) or PROBLEMS[self.code])

    @property
    def ok(self) -> bool:
        return self.code not in {*REFUSED, "several", "unknown"}


class TooLong(ValueError):
    """More lines than one import takes; its message says how many."""


def text_of(content: bytes) -> str:
    return content.decode(encodings.detect(content), errors="replace").lstrip("\ufeff")


def keys_for(record_type: TypeDef, access: Access) -> list[str]:
    """By what a line may name a record: its number, its title, and fields that tell records apart."""
    telling = (f.key for f in record_type.active if f.unique or f.type.key == "email")
    return [ID, *(key for key in ("title", *telling) if findable(key, record_type, access))]


def label_of(key: str, record_type: TypeDef) -> str:
    if key == ID:
        return _("Number of the record")
    f: FieldDef | None = record_type.all_fields.get(key)
    return f.label if f else key


def lines_of(text: str, by: Sequence[str], record_type: TypeDef) -> list[Line]:
    """One line for each row that is not empty: of its cells the one whose heading names a key, else the
    first. Raises `TooLong`."""
    rows = list(islice(_rows(text), MOST_LINES + 2))
    column = _heading(rows[0][1], by, record_type) if rows else None
    body = rows[1:] if column is not None else rows
    if len(body) > MOST_LINES:
        raise TooLong(_("At most %(most)s lines at once: split the file.") % {"most": MOST_LINES})
    cells = ((number, _cell(row, column or 0)) for number, row in body)
    return [Line(number, text) for number, text in cells if text]


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = csv.reader(text.splitlines(), delimiter=delimiters.detect(text))
    return ((number, row) for number, row in enumerate(lines, start=1) if any(map(str.strip, row)))


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _heading(row: Sequence[str], by: Sequence[str], record_type: TypeDef) -> int | None:
    """The column that the first row names as one of the keys; None where it is no heading."""
    names = {n.casefold() for key in by for n in (key, label_of(key, record_type))}
    return next((at for at, cell in enumerate(row) if cell.strip().casefold() in names), None)


def looked_up(
    lines: Sequence[Line], by: Sequence[str], record_type: TypeDef, access: Access
) -> list[Line]:
    """Each with its record, or with why there is none; among what the person sees and is not archived."""
    finder = RecordFinder([record_type], by, access, reading(access))
    found: list[Line] = []
    taken: set[int] = set()
    for start in range(0, len(lines), CHUNK):
        finder.prepare({line.text for line in lines[start : start + CHUNK]})
        for line in lines[start : start + CHUNK]:
            ids = finder.find(line.text)
            if len(ids) != 1:
                found.append(replace(line, code="several" if ids else "unknown"))
                continue
            code = "repeated" if ids[0] in taken else "found"
            taken.add(ids[0])
            found.append(replace(line, code=code, record_id=ids[0]))
    return found


def put_in(lines: Sequence[Line], segment: SegmentDef, *, access: Access, why: str) -> list[Line]:
    """Adds what was found; every line with what became of it. Raises `Forbidden`."""
    ids = [line.record_id for line in lines if line.code == "found" and line.record_id]
    outcomes = change_list(segment, ids, "add", access=access, why=why, how=SegmentMove.How.IMPORT)
    codes = {outcome.id: outcome.code for outcome in outcomes}
    return [
        replace(line, code=codes.get(line.record_id or 0, line.code))
        if line.code == "found"
        else line
        for line in lines
    ]
