"""One search over all types: every word in some field that is searchable and that the person may read."""

from __future__ import annotations

from dataclasses import dataclass

from crm_config.definitions import TypeDef
from crm_config.norm import normalised
from records.access import Access
from records.models import Record
from records.selectors.lists import word_q
from records.selectors.reading import RecordView, views_of

PER_TYPE = 8
SHORTEST = 2


@dataclass(frozen=True)
class Hits:
    type: TypeDef
    rows: list[RecordView]
    more: bool


def search_all(text: str, *, access: Access, per_type: int = PER_TYPE) -> list[Hits]:
    """Hits by type, in menu order, the newest first; two queries for each type that is found in.
    Texts shorter than two letters find nothing."""
    words = normalised(text).split()
    if not words or max(map(len, words)) < SHORTEST:
        return []
    return [
        hits for t in access.visible_types() if (hits := _in_type(words, t, access, per_type)).rows
    ]


def _in_type(words: list[str], record_type: TypeDef, access: Access, most: int) -> Hits:
    rows = Record.unscoped.of(record_type).filter(access.q("view", record_type), archived_at=None)
    for word in words:
        rows = rows.filter(word_q(word, record_type, access))
    found = list(rows.order_by("-modified_at", "-id")[: most + 1])
    views = views_of(found[:most], access=access, keys=["title"])
    return Hits(record_type, views, more=len(found) > most)
