"""Under which key of a record's data each field's values stand.

The field's own, until a change of the configuration gives its values another form (another kind, other
decimals, another base currency). From that version on they stand under a key of their own, so that a value
of the old form is never read as one of the new, not even by an index, however long converting takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crm_config.definitions import FieldDef, FormerKey, Snapshot

#: By type and field, oldest first: `{"key", "shape", "since", "until"}`. Kept in each published version, of
#: fields and types that are no longer there too: their data may be, and they may come back.
StoredKeys = dict[str, dict[str, list[dict[str, Any]]]]
Spells = list[dict[str, Any]]


def advance(before: StoredKeys, previous: Snapshot, snapshot: Snapshot) -> StoredKeys:
    """The keys for a version to be published. `snapshot` is compiled without them; `previous` tells the
    shapes that `before` does not know."""
    after = {
        t: {k: [dict(s) for s in spells] for k, spells in f.items()} for t, f in before.items()
    }
    for f in _stored_fields(snapshot):
        spells = after.setdefault(f.record_type, {}).setdefault(f.key, _seed(previous, f))
        shape = f.type.shape(f)
        if not spells or spells[-1]["shape"] != shape:
            key = f"{f.key}__v{snapshot.version}" if spells else f.key
            spells.append({"key": key, "shape": shape, "since": snapshot.version})
        spells[-1]["until"] = snapshot.version
    return after


def _stored_fields(snapshot: Snapshot) -> Iterator[FieldDef]:
    return (f for t in snapshot.types.values() for f in t.fields.values())


def _seed(previous: Snapshot, f: FieldDef) -> Spells:
    record_type = previous.types.get(f.record_type)
    old = record_type.fields.get(f.key) if record_type else None
    if old is None:
        return []
    return [{"key": f.key, "shape": old.type.shape(old), "since": 0, "until": previous.version}]


def given(keys: Mapping[str, Any], record_type: str, key: str) -> dict[str, Any]:
    """What a field's definition says of where its values stand."""
    spells = keys.get(record_type, {}).get(key, [])
    if not spells:
        return {}
    *former, current = spells
    return {
        "stored": "" if current["key"] == key else current["key"],
        "since": current["since"],
        "former": tuple(FormerKey(s["key"], s["since"], s["until"]) for s in reversed(former)),
    }
