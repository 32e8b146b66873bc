"""What a field was, and the values of a record that still stand in a former form of their field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm_config.definitions import FieldDef
from crm_config.field_types.base import ValueRefused
from crm_config.live import at
from records.conversions.context import Converting
from records.conversions.convert import Converted, convert
from records.conversions.reading import column_of, loaded
from records.models import Record


@lru_cache(maxsize=512)
def former_fields(field: FieldDef) -> tuple[FieldDef, ...]:
    """The definitions under which values were stored before, newest first. Kept for as long as the field is."""
    return tuple(
        at(spell.until).types[field.record_type].fields[field.key] for spell in field.former
    )


def field_at(field: FieldDef, version: int) -> FieldDef:
    """The definition by which values written under that version are read."""
    if version >= field.since:
        return field
    for spell, old in zip(field.former, former_fields(field), strict=True):
        if version >= spell.since:
            return old
    return field


@dataclass(frozen=True)
class Standing:
    """A value that stands in a former form: under which definition, what it is, and what it becomes (None
    where it does not convert, with the reason)."""

    field: FieldDef
    value: Any
    converted: Converted | None = None
    reason: str = ""


def standing(field: FieldDef, record: Record, context: Converting | None = None) -> Standing | None:
    """The newest value in a former form; older ones were left behind already when it was given."""
    for old in former_fields(field):
        value = loaded(old, column_of(old, record))
        if value is not None:
            return _tried(old, field, value, context or Converting())
    return None


def _tried(old: FieldDef, field: FieldDef, value: Any, context: Converting) -> Standing:
    try:
        return Standing(old, value, convert(old, field, value, context))
    except ValueRefused as refusal:
        return Standing(old, value, reason=str(refusal.message))


def former_parts(field: FieldDef) -> Mapping[str, tuple[str, ...]]:
    """By column, every key under which the field's values may stand in a former form."""
    found: dict[str, tuple[str, ...]] = {}
    for old in former_fields(field):
        if old.type.storage in ("data", "long_data"):
            found[old.type.storage] = (*found.get(old.type.storage, ()), *old.type.parts(old))
    return found
