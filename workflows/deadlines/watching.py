"""The steps of deadlines whose time has come: warned, breached, escalated. Each is taken once, by whoever changes the
row from what they saw."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from crm_config.definitions import Snapshot
from workflows.deadlines import clock, firing, telling
from workflows.deadlines.definitions import WHOLE, LevelDef, TargetDef, calendars_of, levels_of
from workflows.models import Deadline

State = Deadline.State
AT_ONCE = 500


def due(now: datetime, after: int = 0) -> list[Deadline]:
    """The next of those that something is to be done about."""
    rows = Deadline.objects.filter(state=State.RUNNING, next_at__lte=now, pk__gt=after)
    return list(rows.order_by("pk").select_related("record")[:AT_ONCE])


def take(row: Deadline, snapshot: Snapshot, now: datetime) -> list[int]:
    """The steps that were taken here and now; none where somebody else took them, or where it stands differently
    by now."""
    level = levels_of(snapshot).get(row.level)
    target = level.target(row.target) if level else None
    calendar = calendars_of(snapshot).get(level.calendar) if level else None
    if level is None or target is None or calendar is None:
        Deadline.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=None)
        return []
    seen = {"state": row.state, "passed": row.passed, "since": row.since, "next_at": row.next_at}
    steps = clock.reached(row, level, target, calendar.counted, now)
    with transaction.atomic():
        claimed = Deadline.objects.filter(pk=row.pk, **seen)
        if not claimed.update(**_after(row, level, target, steps, now, calendar.counted)):
            return []
        for step in steps:
            _do(row, level, step)
    return steps


def _after(
    row: Deadline,
    level: LevelDef,
    target: TargetDef,
    steps: list[int],
    now: datetime,
    hours: clock.Hours,
) -> dict[str, Any]:
    if steps:
        row.passed = steps[-1]
    if level.warn_at in steps:
        row.warned_at = now
    if WHOLE in steps and row.breached_at is None:
        row.breached_at = row.due_at
    clock.plan(row, level, target, hours)
    names = ("passed", "warned_at", "breached_at", "due_at", "next_at")
    return {name: getattr(row, name) for name in names}


def _do(row: Deadline, level: LevelDef, step: int) -> None:
    detail = {"level": level.key, "target": row.target, "percent": step}
    occasion = f"deadline:{row.pk}:{step}"
    if step == level.warn_at:
        firing.fire(firing.NEAR, [row.record_id], key=occasion, detail=detail)
        telling.warn(row)
    if step == WHOLE:
        firing.fire(firing.BREACHED, [row.record_id], key=occasion, detail=detail)
        telling.breach(row)
    for escalation in level.escalations:
        if escalation.after_percent == step:
            telling.escalate(row, escalation)
