"""Brings records in line with the configuration as it is: values in the form of their fields, titles,
normalised texts, search entries and unique values. Nobody's edit: what stays the same is not written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from records.gate import search_index, uniques
from records.gate.batch import Batch
from records.gate.draft import Draft
from records.gate.filling import fill
from records.gate.write import CHUNK, differences, event, save
from records.models import Event, Record, SearchEntry, UniqueValue

WRITTEN = ("title", "version", "data", "long_data", "norm")


@dataclass
class Refreshed:
    """How many records were looked at and written; values that were `converted`, of those `rounded`, and
    those `left` in their former form because they do not convert; `duplicates` are records, with the
    unique field, whose value another record has."""

    records: int = 0
    written: int = 0
    converted: int = 0
    rounded: int = 0
    left: int = 0
    duplicates: list[tuple[int, str]] = field(default_factory=list)


def refresh(batch: Batch) -> Refreshed:
    """The caller holds the transaction, and the batch's rows are locked."""
    drafts = batch.sound("change")
    found = Refreshed(records=len(drafts))
    changed = [draft for draft in drafts if _rewritten(draft, found)]
    rows = [draft.record for draft in changed if draft.record is not None]
    if rows:
        save(rows, WRITTEN)
    found.written = len(rows)
    events = [
        event(batch, draft, Event.Action.CONVERTED, differences(draft))
        for draft in changed
        if draft.outcome.written
    ]
    Event.objects.bulk_create(events, batch_size=CHUNK)
    _search(drafts)
    found.duplicates = _uniques(drafts)
    return found


def _rewritten(draft: Draft, found: Refreshed) -> bool:
    """Whether the row differs from what it should hold; counts what becomes of values on the way."""
    record = draft.record
    if record is None:
        return False
    before = deepcopy(_state(record))
    fill(draft, record)
    for former in draft.former.values():
        found.left += former.converted is None
        found.rounded += former.converted is not None and not former.converted.exact
    found.converted += len(draft.converted)
    if draft.converted:
        record.version += 1
        draft.outcome.version = record.version
        draft.outcome.changed = draft.converted
        draft.outcome.written = True
    return bool(draft.converted) or _state(record) != before


def _state(record: Record) -> tuple[Any, ...]:
    return record.title, record.data, record.long_data, record.norm


def _search(drafts: Iterable[Draft]) -> None:
    fresh = stale_entries(drafts)
    SearchEntry.objects.filter(record__in=fresh).delete()
    entries = [entry for some in fresh.values() for entry in some]
    SearchEntry.objects.bulk_create(entries, batch_size=CHUNK)


def stale_entries(drafts: Iterable[Draft]) -> dict[int, list[SearchEntry]]:
    """By record whose search entries are not what they should be, those that should be there."""
    wanted = {
        d.record.pk: search_index.entries(d.record_type, d.record) for d in drafts if d.record
    }
    present: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = SearchEntry.objects.filter(record__in=wanted).values_list("record", "field", "text")
    for pk, key, text in rows:
        present[pk].append((key, text))
    return {
        pk: entries
        for pk, entries in wanted.items()
        if sorted((e.field, e.text) for e in entries) != sorted(present[pk])
    }


@dataclass(frozen=True)
class UniqueFaults:
    """Rows that should not be there, and the claims of records, by record and field, that have no row."""

    surplus: list[UniqueValue]
    missing: dict[tuple[int, str], uniques.Key]


def stale_uniques(drafts: Sequence[Draft]) -> UniqueFaults:
    wanted: dict[tuple[int, str], uniques.Key] = {}
    for draft in drafts:
        for f in uniques.unique_fields(draft):
            key = uniques.unique_key(draft, f)
            if key is not None and draft.change.id is not None:
                wanted[draft.change.id, f.key] = key
    rows = UniqueValue.objects.filter(record__in=[d.change.id for d in drafts if d.change.id])
    present = {(r.record_id, r.field): r for r in rows}
    right = {
        place for place, r in present.items() if wanted.get(place) == (r.type, r.field, r.value)
    }
    return UniqueFaults(
        surplus=[row for place, row in present.items() if place not in right],
        missing={place: key for place, key in wanted.items() if place not in right},
    )


def _uniques(drafts: Sequence[Draft]) -> list[tuple[int, str]]:
    """Makes the rows that hold unique values what they should be. A value that another record holds is
    reported; the record that holds it, or the one with the lower id, keeps it."""
    faults = stale_uniques(drafts)
    UniqueValue.objects.filter(pk__in=[row.pk for row in faults.surplus]).delete()
    taken = uniques.taken(faults.missing.values())
    fresh: dict[uniques.Key, UniqueValue] = {}
    duplicates: list[tuple[int, str]] = []
    for (record_id, key), claim in sorted(faults.missing.items()):
        if claim in taken or claim in fresh:
            duplicates.append((record_id, key))
        else:
            fresh[claim] = UniqueValue(
                record_id=record_id, type=claim[0], field=claim[1], value=claim[2]
            )
    UniqueValue.objects.bulk_create(fresh.values(), batch_size=CHUNK)
    return duplicates
