"""Values out of a record's columns. What no field type could have written reads as empty, and stays where it
stands until somebody gives the field a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_config.definitions import FieldDef
from records.models import Record

#: The JSON that stands under a field's key, by how SQL reads it.
KINDS: Mapping[str, type] = {
    "text": str,
    "bigint": int,
    "boolean": bool,
    "array": list,
    "none": dict,
}
UNREADABLE = (TypeError, ValueError, KeyError, AttributeError, ArithmeticError)


def column_of(field: FieldDef, record: Record) -> dict[str, Any]:
    found: dict[str, Any] = record.long_data if field.type.storage == "long_data" else record.data
    return found


def loaded(field: FieldDef, column: Mapping[str, Any]) -> Any:
    """The field's value; None where there is none, or none that can be read."""
    stored = column.get(field.stored_key)
    if stored is None or not _fits(field, stored):
        return None
    try:
        return field.type.load(field, column)
    except UNREADABLE:
        return None


def _fits(field: FieldDef, stored: Any) -> bool:
    """The very type: to Python, true is a number."""
    if type(stored) is not KINDS[field.type.sql_kind]:
        return False
    return not isinstance(stored, list) or all(isinstance(each, str) for each in stored)
