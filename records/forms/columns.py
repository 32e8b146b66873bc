"""Which columns a list shows, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_config.definitions import FieldDef, TypeDef
from records.access import Access

MOST = 20


def offered(record_type: TypeDef, *, access: Access) -> list[FieldDef]:
    """All that the reader may read, except the title, which always stands first."""
    keys = [*(f.key for f in record_type.active), *record_type.system]
    return [f for f in access.shown(record_type, keys) if f.key != "title"]


def chosen(given: Sequence[str], fields: Sequence[FieldDef]) -> list[FieldDef]:
    known = {f.key: f for f in fields}
    return [known[key] for key in dict.fromkeys(given) if key in known][:MOST]


def moved(keys: list[str], key: str, by: int) -> list[str]:
    """With one column moved a place; beyond the ends it stays."""
    place = keys.index(key) if key in keys else -1
    if place < 0 or not 0 <= place + by < len(keys):
        return keys
    found: list[Any] = list(keys)
    found[place], found[place + by] = found[place + by], found[place]
    return found
