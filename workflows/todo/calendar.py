"""A person's activities by day: those to come and those that are done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from crm_config.definitions import TypeDef
from records.access import Access
from records.models import Record
from records.selectors import Query, RecordView, first_rows, views_of
from workflows.todo.day import midnight
from workflows.todo.rescheduling import may_move
from workflows.todo.sources.activities import SHOWN, activity_types, moment_of, times_of

VIEWS = ("day", "week", "month")
WEEK = 7
#: Of one type; a calendar with more says nothing any more.
MOST = 500


@dataclass(frozen=True)
class Entry:
    record: RecordView
    done: bool

    @property
    def at(self) -> datetime | None:
        return moment_of(self.record)

    @property
    def moves(self) -> bool:
        return not self.done and may_move(self.record)


@dataclass(frozen=True)
class Span:
    """From the first day to before the last; `before` and `after` are days in the neighbouring ones."""

    view: str
    first: date
    last: date
    before: date
    after: date

    @property
    def end(self) -> date:
        """The last day that it holds."""
        return self.last - timedelta(days=1)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days)]


def span(view: str, day: date) -> Span:
    """A month is shown in whole weeks."""
    if view == "day":
        one = timedelta(days=1)
        return Span(view, day, day + one, day - one, day + one)
    if view == "week":
        first = _monday(day)
        week = timedelta(days=WEEK)
        return Span(view, first, first + week, first - week, first + week)
    begin = day.replace(day=1)
    following = (begin + timedelta(days=32)).replace(day=1)
    last = _monday(following + timedelta(days=WEEK - 1))
    return Span("month", _monday(begin), last, begin - timedelta(days=1), following)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def entries(access: Access, user: int, first: date, last: date) -> dict[date, list[Entry]]:
    """By the day on which they begin or are due. Queries for each type, however many records."""
    found: list[Record] = []
    for record_type in activity_types(access):
        found += _between(record_type, access, user, first, last)
    by_day: dict[date, list[tuple[Any, Entry]]] = {}
    for view in views_of(found, access=access, keys=SHOWN):
        moment = moment_of(view)
        if moment is not None:
            day = moment.astimezone(access.tz).date()
            entry = Entry(view, bool(view.value("done")))
            by_day.setdefault(day, []).append((moment, entry))
    return {
        day: [entry for _moment, entry in sorted(held, key=lambda each: each[0])]
        for day, held in by_day.items()
    }


def _between(
    record_type: TypeDef, access: Access, user: int, first: date, last: date
) -> Sequence[Record]:
    since, until = midnight(first, access).isoformat(), midnight(last, access).isoformat()
    times = times_of(record_type, access)
    within = [
        {
            "all": [
                {"field": key, "op": "gte", "value": since},
                {"field": key, "op": "lt", "value": until},
            ]
        }
        for key in times
    ]
    where = {"all": [{"field": "owner", "op": "eq", "value": user}, {"any": within}]}
    query = Query(record_type, where=where, sort=times[0], columns=SHOWN)
    return first_rows(query, access=access, size=MOST)
