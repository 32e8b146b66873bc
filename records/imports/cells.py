"""A cell as the mapping reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crm_config.definitions import FieldDef
from records.imports.mapping import ColumnMap

_APART = re.compile(r"[;|\n]")


def cell(column: ColumnMap, row: Mapping[str, Any]) -> Any:
    """As it stands in the file; a constant stands in every row."""
    return column.value if column.constant else row.get(column.column)


def read_as(column: ColumnMap, found: Any) -> Any:
    """What the mapping takes the cell for: usually itself."""
    if not column.read_as or isinstance(found, list | dict) or found is None:
        return found
    return column.read_as.get(str(found).strip(), found)


def names(f: FieldDef, raw: Any) -> list[Any]:
    """The single things that a cell of a link, user or team names."""
    if isinstance(raw, list):
        return [each for each in raw if each not in (None, "")]
    if isinstance(raw, str):
        several = f.type.key == "link" and f.type.option(f, "multiple")
        parts = _APART.split(raw) if several else [raw]
        return [part.strip() for part in parts if part.strip()]
    return [] if raw is None else [raw]


def corrected(columns: Sequence[ColumnMap], row: Mapping[str, Any]) -> dict[str, Any]:
    """All cells that the mapping takes, by their column's target."""
    return {column.field: read_as(column, cell(column, row)) for column in columns}
