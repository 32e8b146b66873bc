"""Records to choose from: those that match what was typed, or else those looked at last."""

from __future__ import annotations

from collections.abc import Sequence

from crm_config.definitions import TypeDef
from records.access import Access
from records.selectors.lists import Query, page
from records.selectors.reading import RecordView
from records.selectors.recent import recent

MOST = 12


def matching(text: str, types: Sequence[TypeDef], *, access: Access) -> list[RecordView]:
    """At most a dozen; archived ones are not offered."""
    if not text:
        return _at_hand(types, access)
    each = max(3, MOST // max(1, len(types)))
    found = [row for t in types for row in _of_type(t, text, access, each)]
    return found[:MOST]


def _at_hand(types: Sequence[TypeDef], access: Access) -> list[RecordView]:
    keys = {t.key for t in types}
    seen = [
        r for r in recent(access=access, most=MOST * 2) if r.type.key in keys and not r.archived
    ]
    known = {r.id for r in seen}
    newest = [r for t in types for r in _of_type(t, "", access, MOST) if r.id not in known]
    return [*seen, *newest][:MOST]


def _of_type(record_type: TypeDef, text: str, access: Access, most: int) -> list[RecordView]:
    query = Query(record_type, search=text, sort="-modified_at", columns=["title"])
    return page(query, access=access, size=most).rows


def creatable(access: Access) -> list[TypeDef]:
    """The types of which this person may make a record, in menu order."""
    return [t for t in access.visible_types() if access.may("create", t)]
