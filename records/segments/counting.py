"""Counting segments, and finding out who entered and left since the last count."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from crm_config.definitions import Snapshot
from crm_config.segments import STATIC, SegmentDef, segments_of
from records.models import SegmentCount, SegmentMove, SegmentSeen
from records.segments.membership import company_day, members, still_there
from records.segments.packed import pack, unpack

#: Moves that are told one by one by whoever makes them.
BY_HAND = (SegmentMove.How.HAND, SegmentMove.How.IMPORT)
ROWS = 1_000


def in_use(snapshot: Snapshot) -> list[SegmentDef]:
    return [s for s in segments_of(snapshot).values() if s.in_use and not s.record_type.retired]


def due(snapshot: Snapshot, now: datetime) -> list[SegmentDef]:
    """Those that were not counted yet on this day of the company's: at its beginning relative dates move."""
    day = company_day(snapshot, now)
    done = set(SegmentCount.objects.filter(day=day).values_list("segment", flat=True))
    return [s for s in in_use(snapshot) if s.key not in done]


def concerned(keys: Iterable[str], snapshot: Snapshot) -> list[SegmentDef]:
    """The segments of these keys, and those that ask about them."""
    wanted = set(keys)
    return [s for s in in_use(snapshot) if s.key in wanted or not wanted.isdisjoint(s.uses)]


@transaction.atomic
def count(segment: SegmentDef, *, snapshot: Snapshot, now: datetime) -> int:
    """Keeps the number as that of the day; where the segment keeps who entered and left, the moves too."""
    rows = members(segment, snapshot, now)
    if segment.tracks and segment.kind != STATIC:
        ids = set(rows.values_list("pk", flat=True))
        number = len(ids)
        _compare(segment, ids, snapshot, now)
    else:
        number = rows.count()
        SegmentSeen.objects.filter(segment=segment.key).delete()
    day = company_day(snapshot, now)
    SegmentCount.objects.update_or_create(
        segment=segment.key, day=day, defaults={"number": number, "at": now}
    )
    return number


def _compare(segment: SegmentDef, ids: set[int], snapshot: Snapshot, now: datetime) -> None:
    """The first time there is nothing to compare with: nobody entered then."""
    seen = SegmentSeen.objects.select_for_update().filter(segment=segment.key).first()
    definition = digest(segment, snapshot)
    if seen is not None:
        how = SegmentMove.How.CONDITION
        if seen.definition != definition:
            how = SegmentMove.How.DEFINITION
        _keep(segment, ids, _expected(seen), how, snapshot, now)
    SegmentSeen.objects.update_or_create(
        segment=segment.key, defaults={"at": now, "definition": definition, "ids": pack(ids)}
    )


def _expected(seen: SegmentSeen) -> set[int]:
    """Who would be in it if nothing but what people did had changed since."""
    ids = set(unpack(bytes(seen.ids)))
    moves = SegmentMove.objects.filter(segment=seen.segment, at__gt=seen.at, how__in=BY_HAND)
    for record, entered in moves.order_by("at", "id").values_list("record_id", "entered"):
        ids.add(record) if entered else ids.discard(record)
    return ids


def _keep(
    segment: SegmentDef,
    ids: set[int],
    before: set[int],
    how: str,
    snapshot: Snapshot,
    now: datetime,
) -> None:
    """Those that were deleted for ever have no history to stand in."""
    left = still_there(segment.record_type, before - ids)
    moves = [*((pk, True) for pk in sorted(ids - before)), *((pk, False) for pk in sorted(left))]
    day = company_day(snapshot, now)
    SegmentMove.objects.bulk_create(
        (
            SegmentMove(
                segment=segment.key, record_id=pk, entered=entered, day=day, at=now, how=how
            )
            for pk, entered in moves
        ),
        batch_size=ROWS,
    )


def digest(segment: SegmentDef, snapshot: Snapshot) -> str:
    """Of what decides who is in it: its own condition and those of the segments that it names."""
    known = segments_of(snapshot)
    parts = [segment, *(known[key] for key in sorted(segment.uses) if key in known)]
    said = [(s.key, s.record_type.key, s.kind, s.condition) for s in parts]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
