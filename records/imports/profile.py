"""What a file's columns hold: seen once, when the file comes, and kept for the screens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from crm_config.field_types.base import is_blank
from records.imports import sniffing
from records.imports.formats import named, of_file
from records.imports.limits import SAMPLE
from records.imports.settings import FileSettings
from records.imports.table import Row, Table

#: Different values kept of each column, the commonest first.
KEPT_VALUES = 200
KEPT_ROWS = 5
LONGEST_VALUE = 120


@dataclass(frozen=True)
class ColumnProfile:
    """`filled` of the rows looked at; `values` are different ones; `distinct` how many there are."""

    heading: str
    filled: int
    distinct: int
    shape: str
    values: Sequence[Any]


@dataclass(frozen=True)
class Profile:
    """`rows` were looked at; `more` says that there are others. Orders and marks as `sniffing` tells."""

    columns: Sequence[ColumnProfile]
    rows: int
    more: bool
    first: Sequence[Sequence[Any]]
    date_order: str | None
    date_certain: bool
    decimal_mark: str | None
    decimal_certain: bool
    repeated: Sequence[str] = ()

    def dump(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def load(cls, raw: Mapping[str, Any]) -> Profile:
        columns = [ColumnProfile(**column) for column in raw["columns"]]
        return cls(**{**raw, "columns": columns})

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]


def look(table: Table) -> Profile:
    """Takes the first rows of a table."""
    rows = list(islice(table.rows, SAMPLE))
    more = next(iter(table.rows), None) is not None
    columns = [_column(heading, place, rows) for place, heading in enumerate(table.headings)]
    dates = sniffing.date_order(_values(columns, rows, ("date", "datetime")))
    marks = sniffing.decimal_mark(_values(columns, rows, ("decimal", "money", "text")))
    return Profile(
        columns=columns,
        rows=len(rows),
        more=more,
        first=[[shortened(cell) for cell in row.cells[: len(columns)]] for row in rows[:KEPT_ROWS]],
        date_order=dates.value,
        date_certain=dates.certain,
        decimal_mark=marks.value,
        decimal_certain=marks.certain,
        repeated=table.repeated,
    )


def _column(heading: str, place: int, rows: Sequence[Row]) -> ColumnProfile:
    cells = [cell for row in rows if not is_blank(cell := row.cells[place])]
    counted = Counter(repr(cell) if isinstance(cell, list | dict) else cell for cell in cells)
    kept = [shortened(value) for value, _times in counted.most_common(KEPT_VALUES)]
    shape = sniffing.column_shape(cells)
    return ColumnProfile(heading, len(cells), len(counted), shape, kept)


def _values(
    columns: Sequence[ColumnProfile], rows: Sequence[Row], shapes: Sequence[str]
) -> list[Any]:
    places = [place for place, column in enumerate(columns) if column.shape in shapes]
    return [row.cells[place] for row in rows for place in places]


def shortened(cell: Any) -> Any:
    text = cell if isinstance(cell, str) else None
    return text[:LONGEST_VALUE] + "…" if text and len(text) > LONGEST_VALUE else cell


def profile_of(content: bytes, name: str, settings: FileSettings) -> tuple[Profile, FileSettings]:
    """The profile, and the settings that the file was read with. Raises `FileRefused`."""
    reader = named(settings.format) if settings.format else of_file(content, name)
    table, settled = reader.table(content, settings)
    return look(table), settled
