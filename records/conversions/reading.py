"""Values out of a record's columns. What no field type could have written reads as empty, and stays where it
stands until somebody gives the field a value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
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
PARTS: Mapping[str, tuple[type, ...]] = {"string": (str,), "number": (int, float)}
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
    """The very type: to Python, true is a number. Lists are of texts, and objects of what the field writes."""
    if type(stored) is not KINDS[field.type.sql_kind]:
        return False
    if isinstance(stored, dict):
        parts = part_types(field)
        return all(isinstance(value, parts.get(part, ())) for part, value in stored.items())
    return not isinstance(stored, list) or all(isinstance(each, str) for each in stored)


@lru_cache(maxsize=256)
def part_types(field: FieldDef) -> Mapping[str, tuple[type, ...]]:
    """Of a field that stores an object: what stands in its parts, as its JSON Schema says."""
    properties = field.type.json_schema(field).get("properties", {})
    return {part: PARTS[schema["type"]] for part, schema in properties.items()}
