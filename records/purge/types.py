"""The records of a type that is no longer configured: how many there are, and their removal."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from records.errors import Forbidden
from records.models import Event, Record, RecordLink
from records.purge.known import id_range, removed_types

CHUNK = 500


@dataclass(frozen=True)
class TypeData:
    key: str
    low: int
    high: int


@dataclass(frozen=True)
class Amount:
    """`links` are those of others that lead to its records."""

    records: int = 0
    links: int = 0
    events: int = 0


def find(key: str, *, snapshot: Snapshot) -> TypeData:
    """Raises `Forbidden` for a type that is configured (archived ones are), or never was."""
    number = removed_types(snapshot).get(key)
    if number is None:
        raise Forbidden(
            _(
                "“%(key)s” is part of the configuration, or never was: only removed types can be purged."
            )
            % {"key": key}
        )
    return TypeData(key, *id_range(number))


def amount(found: TypeData) -> Amount:
    within = {"pk__gte": found.low, "pk__lt": found.high}
    inside = Q(source__gte=found.low, source__lt=found.high)
    return Amount(
        records=Record.unscoped.filter(**within).count(),
        links=RecordLink.objects.filter(target__gte=found.low, target__lt=found.high)
        .exclude(inside)
        .count(),
        events=Event.objects.filter(record_id__gte=found.low, record_id__lt=found.high).count(),
    )


def purge_some(found: TypeData) -> int:
    """One chunk, in the caller's transaction; how many rows it was, 0 when nothing is left. Links, unique
    values, search entries, stars go with the record."""
    rows = Record.unscoped.filter(pk__gte=found.low, pk__lt=found.high).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:CHUNK])
    Event.objects.filter(record_id__in=ids).delete()
    Record.unscoped.filter(pk__in=ids).delete()
    if ids:
        return len(ids)
    # Of records that were deleted long before.
    told = Event.objects.filter(record_id__gte=found.low, record_id__lt=found.high).order_by("pk")
    gone = list(told.values_list("pk", flat=True)[:CHUNK])
    Event.objects.filter(pk__in=gone).delete()
    return len(gone)
