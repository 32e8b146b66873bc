"""What becomes of one deadline as time goes by: begun, paused, gone on, met. Pure: rows are changed, not saved."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflows.deadlines.business_time import NOTHING, Hours, NoHours, add, between
from workflows.deadlines.definitions import WHOLE, LevelDef, TargetDef
from workflows.models import Deadline

State = Deadline.State


def begin(row: Deadline, at: datetime, *, used: timedelta = NOTHING) -> None:
    row.started_at = row.since = at
    row.used = used
    row.state = State.RUNNING


def stop(row: Deadline, state: str, at: datetime, hours: Hours) -> None:
    """Paused, met or dropped. What was late by then is late for ever."""
    if row.state == State.RUNNING:
        row.used += between(hours, row.since, at)
        if row.breached_at is None and row.due_at is not None and row.due_at < at:
            row.breached_at = row.due_at
    row.since = max(row.since, at)
    row.met_at = at if state == State.MET else None
    row.state = state


def go_on(row: Deadline, at: datetime) -> None:
    row.since = max(row.since, at)
    row.met_at = None
    row.state = State.RUNNING


def plan(row: Deadline, level: LevelDef, target: TargetDef, hours: Hours) -> None:
    """When it is due and when there is something to do next; nothing of both while it does not run."""
    row.due_at = row.next_at = None
    if row.state == State.RUNNING:
        row.due_at = moment(row, target, WHOLE, hours)
        ahead = [step for step in level.steps if step > row.passed]
        row.next_at = moment(row, target, ahead[0], hours) if ahead else None


def moment(row: Deadline, target: TargetDef, percent: int, hours: Hours) -> datetime | None:
    """When so much of the time is used up; where that was before the last pause, when it ended. None where the
    calendar has no hours left for it."""
    try:
        return add(hours, row.since, target.length * percent / WHOLE - row.used)
    except NoHours:
        return None


def reached(
    row: Deadline, level: LevelDef, target: TargetDef, hours: Hours, now: datetime
) -> list[int]:
    """The steps that were not taken yet and whose time has come."""
    ahead = [step for step in level.steps if step > row.passed]
    found = []
    for step in ahead:
        at = moment(row, target, step, hours)
        if at is None or at > now:
            break
        found.append(step)
    return found
