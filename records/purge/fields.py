"""The data of a field that was removed, or what a retyped one left behind: how much there is, and its removal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from crm_config.live import numbers
from records.conversions.former import former_parts
from records.errors import Forbidden
from records.models import Event, Record, RecordLink, SearchEntry, UniqueValue
from records.purge.known import id_range, removed_fields, stored_keys

CHUNK = 500
COLUMNS = ("data", "long_data", "norm")


@dataclass(frozen=True)
class FieldData:
    """A field's data. `whole`: everything, its history too, for the field is gone; else only `parts`, which
    hold what stands in its former forms. `keys` are those by which records with such data are found."""

    type: str
    key: str
    keys: Sequence[str]
    low: int
    high: int
    parts: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        return not self.parts


@dataclass(frozen=True)
class Amount:
    records: int = 0
    links: int = 0
    events: int = 0


def find(record_type: str, key: str, *, snapshot: Snapshot, left_behind: bool = False) -> FieldData:
    """Raises `Forbidden` for data that somebody can still reach, or that never were."""
    number = numbers().get(record_type)
    if number is None:
        raise Forbidden(_("There never was a record type “%(key)s”.") % {"key": record_type})
    low, high = id_range(number)
    if left_behind:
        owner = snapshot.types.get(record_type)
        f = owner.fields.get(key) if owner else None
        if f is None:
            raise Forbidden(_("There is no field “%(key)s”.") % {"key": key})
        parts = frozenset(part for parts in former_parts(f).values() for part in parts)
        if not parts:
            raise Forbidden(_("“%(key)s” never changed its kind.") % {"key": key})
        return FieldData(record_type, key, sorted(parts), low, high, parts)
    if key not in removed_fields(record_type, snapshot):
        raise Forbidden(
            _(
                "“%(key)s” is part of the configuration, or never was: only removed fields can be purged."
            )
            % {"key": key}
        )
    return FieldData(record_type, key, stored_keys(record_type, key), low, high)


def amount(found: FieldData) -> Amount:
    return Amount(
        records=_holders(found).count(),
        links=_links(found).count() if found.whole else 0,
        events=_events(found).count() if found.whole else 0,
    )


def _holders(found: FieldData) -> QuerySet[Record]:
    holds = Q(pk__in=[])
    for key in found.keys:
        holds |= Q(data__has_key=key) | Q(long_data__has_key=key)
    if found.whole:
        holds |= Q(norm__has_key=found.key)
    return Record.unscoped.filter(holds, pk__gte=found.low, pk__lt=found.high)


def _links(found: FieldData) -> QuerySet[RecordLink]:
    return RecordLink.objects.filter(field=found.key, source__gte=found.low, source__lt=found.high)


def _events(found: FieldData) -> QuerySet[Event]:
    return Event.objects.filter(
        record_id__gte=found.low, record_id__lt=found.high, changes__has_key=found.key
    )


def purge_some(found: FieldData) -> int:
    """One chunk, in the caller's transaction; how many rows it was, 0 when nothing is left."""
    rows = list(_holders(found).select_for_update(of=("self",)).order_by("pk")[:CHUNK])
    for row in rows:
        _forget(row, found)
    Record.unscoped.bulk_update(rows, COLUMNS, batch_size=CHUNK)
    if rows or not found.whole:
        return len(rows)
    ids = [row.pk for row in _links(found).only("pk")[:CHUNK]]
    RecordLink.objects.filter(pk__in=ids).delete()
    return len(ids) or _purge_history(found)


def _forget(row: Record, found: FieldData) -> None:
    row.data = {k: v for k, v in row.data.items() if not _goes(k, found)}
    row.long_data = {k: v for k, v in row.long_data.items() if not _goes(k, found)}
    if found.whole:
        row.norm = {key: text for key, text in row.norm.items() if key != found.key}


def _goes(key: str, found: FieldData) -> bool:
    """Of a field that is gone, every key that begins with its own: no field's key holds two underscores."""
    return key.partition("__")[0] == found.key if found.whole else key in found.parts


def _purge_history(found: FieldData) -> int:
    events = list(_events(found).order_by("pk")[:CHUNK])
    for event in events:
        event.changes = {k: v for k, v in event.changes.items() if k != found.key}
    Event.objects.bulk_update(events, ["changes"], batch_size=CHUNK)
    if events:
        return len(events)
    SearchEntry.objects.filter(type=found.type, field=found.key).delete()
    UniqueValue.objects.filter(type=found.type, field=found.key).delete()
    return 0
