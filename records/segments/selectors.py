"""What somebody may know of a segment: its figures, its list, and who entered and left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When

from crm_config.conditions.sql import unelided
from crm_config.segments import STATIC, SegmentDef
from records.access import Access
from records.models import SegmentCount, SegmentMember, SegmentMove
from records.segments.membership import seen
from records.segments.rights import finder, may_read_condition, sees_whole
from records.selectors.conditions import Sight, standpoint
from records.selectors.filter_words import said
from records.selectors.reading import RecordView
from records.selectors.recent import visible_in_order

DAYS = 60
SHOWN = 30
PORTION = 25


def latest(segments: Collection[SegmentDef]) -> dict[str, SegmentCount]:
    """The newest count of each, in one query. For those who see the segment whole."""
    newest = SegmentCount.objects.filter(segment=OuterRef("segment")).order_by("-day")
    rows = SegmentCount.objects.filter(
        segment__in=[s.key for s in segments], day=Subquery(newest.values("day")[:1])
    )
    return {row.segment: row for row in rows}


def known_counts(segments: Collection[SegmentDef], *, access: Access) -> dict[str, SegmentCount]:
    """The newest counts, of those that the person sees whole."""
    whole = [s for s in segments if sees_whole(s, access)]
    return latest(whole) if whole else {}


def growth(segment: SegmentDef, *, access: Access, days: int = DAYS) -> Sequence[SegmentCount]:
    """The counts of the last days, oldest first; none for who does not see it whole."""
    if not sees_whole(segment, access):
        return []
    rows = SegmentCount.objects.filter(segment=segment.key).order_by("-day")
    return list(reversed(rows[:days]))


def sees_moves(segment: SegmentDef, access: Access) -> bool:
    """Of a list that people keep, the moves of records that one sees; of what a condition decides, nothing
    to those who do not see all that it looks at: the day of a move would tell what changed."""
    return segment.kind == STATIC or sees_whole(segment, access)


@dataclass(frozen=True)
class Moved:
    """A move of a record that the reader sees."""

    move: SegmentMove
    record: RecordView


def moves(segment: SegmentDef, *, access: Access, most: int = SHOWN) -> list[Moved]:
    """Newest first."""
    rows = list(_moves(segment, access).select_related("by")[:most])
    records = _views([row.record_id for row in rows], access)
    return [Moved(row, records[row.record_id]) for row in rows if row.record_id in records]


@dataclass(frozen=True)
class DayOfMoves:
    day: date
    entered: int
    left: int


def moves_by_day(segment: SegmentDef, *, access: Access, days: int = DAYS) -> list[DayOfMoves]:
    """The last days on which somebody entered or left, newest first."""
    rows = (
        _moves(segment, access)
        .order_by("-day")
        .values("day", "entered")
        .annotate(number=Count("pk"))
        .values_list("day", "entered", "number")
    )
    found: dict[date, dict[bool, int]] = defaultdict(dict)
    for day, entered, number in rows[: 2 * days]:
        found[day][entered] = number
    return [
        DayOfMoves(day, numbers.get(True, 0), numbers.get(False, 0))
        for day, numbers in list(found.items())[:days]
    ]


def _moves(segment: SegmentDef, access: Access) -> Any:
    rows = SegmentMove.objects.filter(segment=segment.key)
    if not sees_moves(segment, access):
        return rows.none()
    return rows.filter(record__in=seen(segment.record_type, access).values("pk"))


@dataclass(frozen=True)
class Listed:
    """A record that somebody put into a segment, or keeps out of it, and that the reader sees."""

    entry: SegmentMember
    record: RecordView


def listed(
    segment: SegmentDef,
    *,
    access: Access,
    most: int = SHOWN,
    after: tuple[datetime, int] | None = None,
) -> list[Listed]:
    """What people decided, the latest first; `after` is the moment and id of the last entry that was told."""
    rows = SegmentMember.objects.filter(
        segment=segment.key, record__in=seen(segment.record_type, access).values("pk")
    )
    if after is not None:
        at, pk = after
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    entries = list(rows.select_related("by").order_by("-at", "-id")[:most])
    records = _views([entry.record_id for entry in entries], access)
    return [Listed(e, records[e.record_id]) for e in entries if e.record_id in records]


def entries_of(record_id: int, keys: Collection[str]) -> Mapping[str, SegmentMember]:
    """What people decided about one record, by segment."""
    rows = SegmentMember.objects.filter(record=record_id, segment__in=keys).select_related("by")
    return {row.segment: row for row in rows}


def holding(segments: Sequence[SegmentDef], record_id: int, *, access: Access) -> set[str]:
    """Which of these segments of one type a record is in, as far as the person sees; a query for each
    portion of them."""
    find, at, reach = finder(access), standpoint(access), Sight(access)
    found: set[str] = set()
    for start in range(0, len(segments), PORTION):
        some = segments[start : start + PORTION]
        uses = {f"in_{n}": find(s.key) for n, s in enumerate(some)}
        verdicts = {name: _verdict(use.q(at, reach)) for name, use in uses.items() if use}
        rows = seen(some[0].record_type, access).filter(pk=record_id).annotate(**verdicts)
        row = rows.values(*verdicts).first() or {}
        found.update(use.key for name, use in uses.items() if use and row.get(name))
    return found


def _verdict(q: Q) -> Case:
    return Case(When(unelided(q), then=Value(True)), default=Value(False))


def _views(ids: Sequence[int], access: Access) -> dict[int, RecordView]:
    found = visible_in_order(list(dict.fromkeys(ids)), access=access)
    return {view.id: view for view in found}


def in_words(segment: SegmentDef, *, access: Access) -> str:
    """Its condition as a sentence; empty where there is none, or where it asks about what this person may
    not read."""
    if segment.condition is None or not may_read_condition(segment, access):
        return ""
    part = said([segment.condition], segment.record_type, access=access)[0]
    return part.words
