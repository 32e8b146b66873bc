"""Whether what is published asks for a type's records to be rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.norm import keeps_norm


def types_to_refresh(snapshot: Snapshot, previous: Snapshot) -> list[TypeDef]:
    """The types in use whose stored values, or what is derived from them, are to be others than before."""
    return [t for t in snapshot.active_types if _needs(t, previous.types.get(t.key), snapshot)]


def _needs(record_type: TypeDef, before: TypeDef | None, snapshot: Snapshot) -> bool:
    if before is None or before.retired:
        # Archived or removed for a while: whatever happened meanwhile passed its records by.
        return any(f.since < snapshot.version for f in record_type.fields.values())
    if record_type.title_template != before.title_template:
        return True
    return any(
        _differs(f, before.fields.get(f.key), record_type, snapshot)
        for f in _held(record_type, snapshot)
    ) or any(f.searchable or f.unique for f in before.active if f.key not in record_type.all_fields)


def _held(record_type: TypeDef, snapshot: Snapshot) -> list[FieldDef]:
    """The fields that records may hold values of: those new in this version have none yet."""
    return [f for f in record_type.fields.values() if f.since < snapshot.version or f.former]


def _differs(
    f: FieldDef, before: FieldDef | None, record_type: TypeDef, snapshot: Snapshot
) -> bool:
    if before is None or f.stored_key != before.stored_key:
        return True
    if f.former and f.choices and _options(f) != _options(before):
        # Values left behind for want of an option may have one now.
        return True
    return derived(f, record_type) != derived(before, record_type)


def derived(f: FieldDef, record_type: TypeDef) -> Mapping[str, Any]:
    """What of a field's definition its records' derived data depend on."""
    told = keeps_norm(f) or f.key in record_type.title_fields
    return {
        "kind": f.type.kind,
        "norm": keeps_norm(f),
        "searchable": f.searchable and not f.retired,
        "unique": f.unique and not f.retired,
        "options": _options(f) if told else None,
    }


def _options(f: FieldDef) -> list[tuple[str, dict[str, str]]]:
    return sorted((option.key, dict(option.labels)) for option in f.choices)
