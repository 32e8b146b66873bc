"""Who takes part in a record: whom its fields marked so name."""

from __future__ import annotations

from crm_config.conditions.api import Condition, parse
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.rules import context

MEMO = "participants"


def fields(record_type: TypeDef) -> list[FieldDef]:
    return [f for f in record_type.active if f.type.key == "user" and f.options.get("participates")]


def participants(record_type: TypeDef, snapshot: Snapshot) -> Condition | None:
    """True for the records on which such a field names whoever asks; None where the type has none."""
    known: dict[str, Condition | None] = snapshot.memo.setdefault(MEMO, {})
    if record_type.key not in known:
        named = [
            {"field": f.key, "op": "eq", "value": {"dynamic": "me"}} for f in fields(record_type)
        ]
        found = parse({"any": named}, context(snapshot, record_type)) if named else None
        known[record_type.key] = found
    return known[record_type.key]
