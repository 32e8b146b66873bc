"""Who is in a segment, with the system's authority, and which records somebody sees at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from crm_config.conditions.api import EVERYWHERE, Standpoint
from crm_config.definitions import Snapshot, TypeDef
from crm_config.segments import SegmentDef
from records.access import Access
from records.models import Record
from records.models.record import RecordQuerySet
from records.segments.use import find_segment

PORTION = 500


def standpoint(snapshot: Snapshot, now: datetime) -> Standpoint:
    """Nobody's: a segment is the same for everybody."""
    return Standpoint(now=now, tz=ZoneInfo(snapshot.company.time_zone))


def company_day(snapshot: Snapshot, now: datetime) -> date:
    return standpoint(snapshot, now).today


def members(segment: SegmentDef, snapshot: Snapshot, now: datetime) -> RecordQuerySet:
    """Those that are not archived."""
    rows = Record.unscoped.of(segment.record_type).filter(archived_at=None)
    return rows.filter(_q(segment, snapshot, now))


def among(segment: SegmentDef, ids: Collection[int], snapshot: Snapshot, now: datetime) -> set[int]:
    """Which of these records are in it."""
    rows = Record.unscoped.of(segment.record_type).filter(_q(segment, snapshot, now), pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def still_there(record_type: TypeDef, ids: Collection[int]) -> set[int]:
    """Which of these records were not deleted; asked in portions, for there may be very many."""
    wanted = sorted(ids)
    found: set[int] = set()
    for start in range(0, len(wanted), PORTION):
        rows = Record.unscoped.of(record_type).filter(pk__in=wanted[start : start + PORTION])
        found.update(rows.values_list("pk", flat=True))
    return found


def _q(segment: SegmentDef, snapshot: Snapshot, now: datetime) -> Q:
    use = find_segment(snapshot)(segment.key)
    if use is None:
        return Q(pk__in=[])
    return use.q(standpoint(snapshot, now), EVERYWHERE)


def seen(record_type: TypeDef, access: Access) -> RecordQuerySet:
    """The records of a type that somebody may see, archived ones too."""
    return Record.unscoped.of(record_type).filter(access.q("view", record_type))
