"""The stored values of one record against the write rules of its fields. Asks no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import ValueRefused
from records.audit.faults import Fault
from records.conversions.context import Converting
from records.conversions.convert import unlimited
from records.conversions.former import former_parts
from records.conversions.reading import column_of, loaded
from records.gate.draft import Draft

COLUMNS = ("data", "long_data")


def faults(draft: Draft, context: Converting, removed: frozenset[str]) -> Iterator[Fault]:
    """Of a record as it was loaded. `removed` are the keys of fields that the type once had."""
    record, record_type = draft.record, draft.record_type
    if record is None:
        return
    for column in COLUMNS:
        for key, value in getattr(record, column).items():
            code = _of_key(key, value, column, record_type, removed)
            if code:
                yield Fault(code, record_type.key, key, record.pk)
    for f in record_type.fields.values():
        if f.type.storage == "links":
            continue
        code = _of_value(f, column_of(f, record), context)
        if code:
            yield Fault(code, record_type.key, f.key, record.pk)
    for key, former in draft.former.items():
        code = "not_converted" if former.converted else "left_behind"
        yield Fault(code, record_type.key, key, record.pk)


def _of_key(
    key: str, value: Any, column: str, record_type: TypeDef, removed: frozenset[str]
) -> str:
    places = known_keys(record_type)
    if value is None:
        return "null"
    if key not in places:
        return "removed_field" if key.partition("__")[0] in removed else "unknown_key"
    return "" if column in places[key] else "wrong_column"


@lru_cache(maxsize=256)
def known_keys(record_type: TypeDef) -> Mapping[str, frozenset[str]]:
    """By key, the columns in which it may stand."""
    found: dict[str, set[str]] = {}
    for f in record_type.fields.values():
        if f.type.storage in COLUMNS:
            for part in f.type.parts(f):
                found.setdefault(part, set()).add(f.type.storage)
        for column, parts in former_parts(f).items():
            for part in parts:
                found.setdefault(part, set()).add(column)
    return {key: frozenset(columns) for key, columns in found.items()}


def _of_value(f: FieldDef, column: Mapping[str, Any], context: Converting) -> str:
    stored = {part: column[part] for part in f.type.parts(f) if column.get(part) is not None}
    if not stored:
        return ""
    value = loaded(f, column)
    if value is None:
        return "unreadable"
    if f.type.has_choices:
        # Options that were taken away are kept by the records that hold them.
        return "" if f.type.dump(f, _sorted(value)) == stored else "not_canonical"
    return _written(f, value, stored, context)


def _written(f: FieldDef, value: Any, stored: Mapping[str, Any], context: Converting) -> str:
    plain = unlimited(f)
    try:
        canonical = plain.type.coerce(plain, value, context.coerce)
    except ValueRefused:
        return "refused"
    written = f.type.dump(f, canonical)
    # Parts may come that are not stored: an exchange rate that was not known then.
    same = all(written.get(part) == value for part, value in stored.items())
    return "" if same else "not_canonical"


def _sorted(value: Any) -> Any:
    return tuple(sorted(set(value))) if isinstance(value, tuple) else value
