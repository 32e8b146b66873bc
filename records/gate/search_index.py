"""Keeps the search table: one row per record and searchable field, so that a hit in a field somebody may
not read is no hit for them."""

from collections.abc import Iterable

from crm_config.definitions import TypeDef
from records.gate import bulk
from records.gate.draft import Draft
from records.models import Record, SearchEntry

#: Longer texts are found by their beginning; a trigram index over whole books helps nobody.
MAX_TEXT = 5000


def searchable_keys(record_type: TypeDef) -> tuple[str, ...]:
    return ("title", *(f.key for f in record_type.active if f.searchable))


def entries(record_type: TypeDef, record: Record) -> list[SearchEntry]:
    return [
        SearchEntry(
            record_id=record.pk, type=record_type.key, field=key, text=record.norm[key][:MAX_TEXT]
        )
        for key in searchable_keys(record_type)
        if record.norm.get(key)
    ]


def refresh(drafts: Iterable[Draft]) -> None:
    fresh: list[SearchEntry] = []
    changed: list[int] = []
    for draft in drafts:
        if draft.record is None:
            continue
        keys = set(searchable_keys(draft.record_type)) | set(draft.record_type.title_fields)
        if draft.action == "create" or keys & draft.outcome.changed:
            fresh.extend(entries(draft.record_type, draft.record))
            if draft.action != "create":
                changed.append(draft.record.pk)
    if changed:
        SearchEntry.objects.filter(record__in=changed).delete()
    bulk.insert_all(fresh)
