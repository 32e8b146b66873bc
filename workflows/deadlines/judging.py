"""What the deadlines of one record are to be, by the record as it stands and the deadlines that it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crm_config.conditions.api import Standpoint, Subject
from crm_config.definitions import Snapshot
from records.models import Record
from workflows.deadlines import clock
from workflows.deadlines.business_time import between
from workflows.deadlines.conditions import Terms, level_for, terms_of
from workflows.deadlines.definitions import (
    WHOLE,
    LevelDef,
    TargetDef,
    calendars_of,
    levels_of,
)
from workflows.models import Deadline

State = Deadline.State


@dataclass
class Judged:
    new: list[Deadline] = field(default_factory=list)
    changed: list[Deadline] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """At one record at one moment. `late`: it was there before, so that steps whose time is over count as
    taken, and nobody is told of them."""

    record: Record
    subject: Subject
    standpoint: Standpoint
    snapshot: Snapshot
    at: datetime
    late: bool = False


def judge(look: Look, rows: Iterable[Deadline], judged: Judged) -> None:
    held = list(rows)
    level = None
    if look.record.archived_at is None:
        level = level_for(look.subject, look.record.type, look.standpoint, look.snapshot)
    wanted = _wanted(look, level, held, judged) if level is not None else set()
    for row in held:
        if row.pk not in wanted and row.state in (State.RUNNING, State.PAUSED):
            _to(row, State.DROPPED, look, judged)


def _wanted(look: Look, level: LevelDef, held: list[Deadline], judged: Judged) -> set[int | None]:
    """The rows that stay, brought up to date; what is missing is begun."""
    terms = terms_of(level, look.snapshot)
    if terms is None:
        return {row.pk for row in held}
    own = {row.target: row for row in held if row.level == level.key}
    for target in level.targets:
        state = _state(look, terms, target)
        row = own.get(target.key)
        if row is not None:
            _to(row, state, look, judged)
        elif state != State.MET and _begins(look, terms):
            others = [each for each in held if each.target == target.key]
            if not any(each.state == State.MET for each in others):
                judged.new.append(_begun(look, level, target, state, others))
    return {row.pk for row in own.values() if level.target(row.target) is not None}


def _state(look: Look, terms: Terms, target: TargetDef) -> str:
    if terms.met[target.key].test(look.subject, look.standpoint):
        return State.MET
    if terms.pauses is not None and terms.pauses.test(look.subject, look.standpoint):
        return State.PAUSED
    return State.RUNNING


def _begins(look: Look, terms: Terms) -> bool:
    return terms.starts is None or terms.starts.test(look.subject, look.standpoint)


def _begun(
    look: Look, level: LevelDef, target: TargetDef, state: str, others: list[Deadline]
) -> Deadline:
    """Where another level measured the same target before, the time used goes over to this one."""
    row = Deadline(record_id=look.record.pk, type=level.type, level=level.key, target=target.key)
    hours = calendars_of(look.snapshot)[level.calendar].counted
    before = max(others, key=lambda each: each.since, default=None)
    created = level.starts is None
    clock.begin(row, look.record.created_at if created else look.at)
    if before is not None:
        used = _used(before, look)
        clock.begin(row, look.at, used=used)
        row.started_at = before.started_at
    if state == State.PAUSED:
        clock.stop(row, state, look.at, hours)
    clock.plan(row, level, target, hours)
    if look.late:
        _overlook(row, level, target, look)
    return row


def _used(row: Deadline, look: Look) -> timedelta:
    level = levels_of(look.snapshot).get(row.level)
    calendar = calendars_of(look.snapshot).get(level.calendar) if level else None
    if row.state == State.RUNNING and calendar is not None:
        return row.used + between(calendar.counted, row.since, look.at)
    return row.used


def _overlook(row: Deadline, level: LevelDef, target: TargetDef, look: Look) -> None:
    hours = calendars_of(look.snapshot)[level.calendar].counted
    if row.state != State.RUNNING:
        return
    steps = clock.reached(row, level, target, hours, look.at)
    if steps:
        row.passed = steps[-1]
        if row.passed >= WHOLE:
            row.breached_at = row.due_at
        clock.plan(row, level, target, hours)


def _to(row: Deadline, state: str, look: Look, judged: Judged) -> None:
    if row.state == state:
        return
    level = levels_of(look.snapshot).get(row.level)
    calendar = calendars_of(look.snapshot).get(level.calendar) if level else None
    target = level.target(row.target) if level else None
    at = max(look.at, row.since)
    if state == State.RUNNING:
        clock.go_on(row, at)
    elif calendar is not None:
        clock.stop(row, state, at, calendar.counted)
    else:
        row.state, row.since = state, at
    if level is not None and target is not None and calendar is not None:
        clock.plan(row, level, target, calendar.counted)
    else:
        row.due_at = row.next_at = None
    judged.changed.append(row)
