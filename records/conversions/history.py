"""Values as history keeps them, and out of it again, whatever form their field has had since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from crm_config.definitions import FieldDef
from records.conversions.former import Standing, field_at
from records.conversions.reading import UNREADABLE

#: Marks what stood in a former form, with the version by which it is read.
FORMER = "__former"


def kept(field: FieldDef, value: Any) -> Any:
    """A value's stored JSON; the parts in one map where there are several."""
    plain = own_key(field)
    parts = plain.type.dump(plain, value)
    return parts[plain.key] if set(parts) == {plain.key} else parts


def kept_former(standing: Standing) -> dict[str, Any]:
    return {
        FORMER: standing.field.since,
        "stored": kept(standing.field, standing.value),
    }


def read_back(field: FieldDef, stored: Any, version: int | None = None) -> tuple[FieldDef, Any]:
    """The definition that a kept value was written under (named as the field is named today), and the value;
    None for one that cannot be read. `version` is that of the event; without it, today's form is taken."""
    if isinstance(stored, Mapping) and FORMER in stored:
        version, stored = stored[FORMER], stored["stored"]
    found = field if version is None else field_at(field, version)
    if found is not field:
        found = _named_as(found, field)
    if stored is None or found.column:
        return found, stored
    if found.type.storage == "links":
        return found, tuple(stored) or None
    return found, _read(own_key(found), stored)


def _read(field: FieldDef, stored: Any) -> Any:
    whole = isinstance(stored, Mapping) and field.key in stored
    try:
        return field.type.load(field, stored if whole else {field.key: stored})
    except UNREADABLE:
        return None


@lru_cache(maxsize=512)
def own_key(field: FieldDef) -> FieldDef:
    """As if values stood under the field's own key: history knows no other."""
    return replace(field, stored="") if field.stored else field


@lru_cache(maxsize=512)
def _named_as(old: FieldDef, field: FieldDef) -> FieldDef:
    return replace(old, labels=field.labels)
