"""The right side of a comparison: parsed once, resolved from each standpoint.

`resolve` gives what the operator's `test` and `q` take, or None where the standpoint has no such value
(nobody is `me`, a day lies beyond the calendar); the comparison is then false.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol

from crm_config.conditions import calendar
from crm_config.conditions.dynamic import (
    Dynamic,
    DynamicDay,
    DynamicPeople,
    Shift,
    shift_day,
    shift_time,
)
from crm_config.conditions.standpoint import Standpoint
from crm_config.definitions import FieldDef
from crm_config.operators.moment import Span


class Operand(Protocol):
    def resolve(self, standpoint: Standpoint) -> Any: ...


@dataclass(frozen=True, eq=False)
class Nothing:
    def resolve(self, standpoint: Standpoint) -> bool:
        return True


@dataclass(frozen=True, eq=False)
class Literal:
    """`value` is a comparable, a normalised text or a record's id; `raw` what was written."""

    value: Any
    raw: Any

    def resolve(self, standpoint: Standpoint) -> Any:
        return self.value


@dataclass(frozen=True, eq=False)
class People:
    """The ids of users or teams."""

    dynamic: DynamicPeople

    def resolve(self, standpoint: Standpoint) -> tuple[int, ...]:
        return tuple(self.dynamic.ids(standpoint))


@dataclass(frozen=True, eq=False)
class OnePerson:
    dynamic: DynamicPeople

    def resolve(self, standpoint: Standpoint) -> int | None:
        return next(iter(self.dynamic.ids(standpoint)), None)


@dataclass(frozen=True, eq=False)
class Day:
    """A whole day, as a span of the field's stored texts."""

    field: FieldDef
    day: date

    def resolve(self, standpoint: Standpoint) -> Span:
        return days_span(self.field, (self.day, calendar.day_after(self.day)), standpoint)


@dataclass(frozen=True, eq=False)
class Instant:
    at: datetime

    def resolve(self, standpoint: Standpoint) -> Span:
        return instant_span(self.at)


@dataclass(frozen=True, eq=False)
class RelativeDay:
    field: FieldDef
    dynamic: DynamicDay
    shift: Shift

    def resolve(self, standpoint: Standpoint) -> Span | None:
        try:
            day = shift_day(self.dynamic.day(standpoint.today), self.shift)
        except OverflowError:
            return None
        return days_span(self.field, (day, calendar.day_after(day)), standpoint)


@dataclass(frozen=True, eq=False)
class RelativeInstant:
    """Days and longer keep the time of day in the company's time zone; hours and minutes are exact."""

    dynamic: Dynamic
    shift: Shift

    def resolve(self, standpoint: Standpoint) -> Span | None:
        now = standpoint.now.astimezone(standpoint.tz)
        try:
            day = shift_day(now.date(), self.shift)
            shifted = now if day == now.date() else datetime.combine(day, now.timetz())
            return instant_span(shifted.astimezone(UTC) + shift_time(self.shift))
        except OverflowError:
            return None


@dataclass(frozen=True, eq=False)
class Period:
    """`key` names it; `count` is None unless the period is counted in days."""

    field: FieldDef
    key: str
    count: int | None = None

    def resolve(self, standpoint: Standpoint) -> Span | None:
        try:
            days = self._days(standpoint.today)
        except OverflowError:
            return None
        return days_span(self.field, days, standpoint)

    def _days(self, today: date) -> calendar.Days:
        if self.count is None:
            return calendar.PERIODS[self.key](today)
        return calendar.COUNTED[self.key](today, self.count)


@dataclass(frozen=True, eq=False)
class Several:
    """A list; what has no value from this standpoint is left out, groups of people are opened."""

    items: tuple[Operand, ...]

    def resolve(self, standpoint: Standpoint) -> tuple[Any, ...]:
        found: list[Any] = []
        for item in self.items:
            value = item.resolve(standpoint)
            if isinstance(item, People):
                found.extend(value)
            elif value is not None:
                found.append(value)
        return tuple(found)


@dataclass(frozen=True, eq=False)
class Pair:
    low: Operand
    high: Operand

    def resolve(self, standpoint: Standpoint) -> tuple[Any, Any] | None:
        low, high = self.low.resolve(standpoint), self.high.resolve(standpoint)
        return None if low is None or high is None else (low, high)


def has_time(field: FieldDef) -> bool:
    """Whether the field's moments are points in time, not days."""
    return field.type.json_schema(field).get("format") == "date-time"


def days_span(field: FieldDef, days: calendar.Days, standpoint: Standpoint) -> Span:
    first, end = days
    if not has_time(field):
        return Span(first.isoformat(), None if end is None else end.isoformat())
    return Span(_midnight(first, standpoint), None if end is None else _midnight(end, standpoint))


def _midnight(day: date, standpoint: Standpoint) -> str | None:
    """None where the zone's midnight lies outside the calendar: nothing is stored beyond it."""
    try:
        at = datetime.combine(day, time(), tzinfo=standpoint.tz).astimezone(UTC)
    except OverflowError:
        return None
    return stored_text(at)


def instant_span(at: datetime) -> Span:
    low = at.astimezone(UTC)
    try:
        return Span(stored_text(low), stored_text(low + timedelta(microseconds=1)))
    except OverflowError:
        return Span(stored_text(low), None)


def stored_text(at: datetime) -> str:
    """As datetime fields store it: fixed width, so that texts compare as moments do."""
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")
