"""An activity on another day: at the same time by the clock on the wall, all its times together."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.selectors import RecordView
from workflows.todo.sources.activities import TIMES, moment_of


def times_of(record: RecordView) -> dict[str, datetime]:
    known = [key for key in TIMES if key in record.type.fields and key in record.readable]
    return {key: record.value(key) for key in known if record.value(key) is not None}


def may_move(record: RecordView) -> bool:
    held = times_of(record)
    return bool(held) and not record.archived and all(record.writable(key) for key in held)


def day_of(record: RecordView) -> date | None:
    moment = moment_of(record)
    return moment.astimezone(record.access.tz).date() if moment else None


def move(record: RecordView, to: date, *, access: Access, base_version: int | None) -> Outcome:
    """The day of its first time becomes `to`."""
    now = day_of(record)
    by = to - now if now else timedelta()
    values: dict[str, Any] = {}
    for key, moment in times_of(record).items():
        wall = moment.astimezone(access.tz).replace(tzinfo=None) + by
        values[key] = wall.replace(tzinfo=access.tz).isoformat()
    change = Change("change", id=record.id, values=values, base_version=base_version)
    return services.execute_one(change, access=access, channel="screen")
