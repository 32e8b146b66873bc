"""One search over all types: every word in some field that is searchable and that the person may read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from crm_config.definitions import TypeDef
from crm_config.norm import normalised
from records.access import Access
from records.models import Record, SearchEntry
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
    readable = access.readable(record_type)
    keys = [f.key for f in record_type.all_fields.values() if f.searchable and f.key in readable]
    rows = Record.unscoped.of(record_type).filter(access.q("view", record_type), archived_at=None)
    for word in words:
        entries = SearchEntry.objects.filter(
            Q(type=record_type.key, field__in=keys), text__contains=word
        )
        rows = rows.filter(pk__in=entries.values("record_id"))
    found = list(rows.order_by("-modified_at", "-id")[: most + 1])
    views = views_of(found[:most], access=access, keys=["title"])
    return Hits(record_type, views, more=len(found) > most)
