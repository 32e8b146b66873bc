"""Deadlines brought up to date with their records: a constant number of queries, whatever the number of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from crm_config.conditions.api import Standpoint
from crm_config.definitions import Snapshot
from crm_config.live import live, pinned
from records.access import Access
from records.access.subjects import Pool
from records.models import Event
from workflows import finding
from workflows.deadlines import clock
from workflows.deadlines.conditions import asked_fields
from workflows.deadlines.definitions import calendars_of, in_use, levels_of
from workflows.deadlines.judging import Judged, Look, judge
from workflows.models import Deadline

KEPT = ("state", "since", "used", "due_at", "next_at", "passed", "breached_at", "met_at")
LIVES = frozenset({"create", "archive", "restore"})


def wants(snapshot: Snapshot, record_type: str, keys: frozenset[str], action: str) -> bool:
    """Whether a change can move a deadline."""
    if not in_use(snapshot, record_type):
        return False
    return action in LIVES or bool(keys & asked_fields(snapshot, record_type))


def tell(events: Sequence[Event]) -> None:
    """Told twice, nothing happens the second time."""
    with pinned(live()) as snapshot:
        moments: dict[int, datetime] = {}
        for event in events:
            if in_use(snapshot, event.type):
                known = moments.get(event.record_id, event.at)
                moments[event.record_id] = max(known, event.at)
        if moments:
            look_at(moments, snapshot)


def look_at(moments: Mapping[int, datetime], snapshot: Snapshot, *, late: bool = False) -> int:
    """At each record at its moment; how many deadlines began or changed. The deadlines are held before the
    records are read, so that who comes last has seen what is last."""
    access = Access(snapshot=snapshot, authority=True)
    with transaction.atomic():
        held = Deadline.objects.select_for_update().filter(record__in=list(moments)).order_by("pk")
        rows: dict[int, list[Deadline]] = defaultdict(list)
        for row in held:
            rows[row.record_id].append(row)
        pool = Pool(snapshot)
        records = list(finding.by_ids(moments))
        pool.add(records)
        judged = Judged()
        for record in records:
            subject = pool.subjects.get(record.pk)
            if subject is not None:
                at = moments[record.pk]
                standpoint = Standpoint(now=at, tz=access.tz)
                judge(
                    Look(record, subject, standpoint, snapshot, at, late), rows[record.pk], judged
                )
        Deadline.objects.bulk_create(judged.new, ignore_conflicts=True)
        Deadline.objects.bulk_update(judged.changed, KEPT, batch_size=200)
    return len(judged.new) + len(judged.changed)


def plan_anew(rows: Iterable[Deadline], snapshot: Snapshot) -> int:
    """Of deadlines that run, when they are due by what is published now. What was told stays told."""
    changed = []
    for row in rows:
        level = levels_of(snapshot).get(row.level)
        target = level.target(row.target) if level else None
        calendar = calendars_of(snapshot).get(level.calendar) if level else None
        before = row.due_at, row.next_at
        if level is None or target is None or calendar is None:
            row.due_at = row.next_at = None
        else:
            clock.plan(row, level, target, calendar.counted)
        if (row.due_at, row.next_at) != before:
            changed.append(row)
    Deadline.objects.bulk_update(changed, ("due_at", "next_at"), batch_size=200)
    return len(changed)
