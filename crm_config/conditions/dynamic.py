"""Operands that depend on the moment and the asker: `{"dynamic": "today", "add": {"days": -30}}`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_config.conditions import calendar
from crm_config.conditions.standpoint import Standpoint

Yields = Literal["day", "instant", "user", "users", "teams"]


@dataclass(frozen=True, eq=False)
class Dynamic:
    """`yields` says what it stands for, and so for which fields it fits."""

    key: str
    label: Promise | str
    yields: Yields


@dataclass(frozen=True, eq=False)
class DynamicDay(Dynamic):
    day: Callable[[date], date]


@dataclass(frozen=True, eq=False)
class DynamicPeople(Dynamic):
    ids: Callable[[Standpoint], Iterable[int]]


TODAY = DynamicDay("today", _("today"), "day", lambda day: day)
NOW = Dynamic("now", _("now"), "instant")
EDGES = (
    DynamicDay("start_of_week", _("the start of this week"), "day", lambda d: calendar.start_of("week", d)),
    DynamicDay("start_of_month", _("the start of this month"), "day", lambda d: calendar.start_of("month", d)),
    DynamicDay("start_of_quarter", _("the start of this quarter"), "day", lambda d: calendar.start_of("quarter", d)),
    DynamicDay("start_of_year", _("the start of this year"), "day", lambda d: calendar.start_of("year", d)),
    DynamicDay("end_of_week", _("the end of this week"), "day", lambda d: calendar.end_of("week", d)),
    DynamicDay("end_of_month", _("the end of this month"), "day", lambda d: calendar.end_of("month", d)),
    DynamicDay("end_of_quarter", _("the end of this quarter"), "day", lambda d: calendar.end_of("quarter", d)),
    DynamicDay("end_of_year", _("the end of this year"), "day", lambda d: calendar.end_of("year", d)),
)  # fmt: skip
ME = DynamicPeople("me", _("me"), "user", lambda s: () if s.me is None else (s.me,))
MY_REPORTS = DynamicPeople(
    "my_reports", _("the people I lead"), "users", lambda s: sorted(s.my_reports)
)
MY_TEAMS = DynamicPeople("my_teams", _("my teams"), "teams", lambda s: sorted(s.my_teams))

DYNAMICS: Mapping[str, Dynamic] = {
    dynamic.key: dynamic for dynamic in (TODAY, NOW, *EDGES, ME, MY_REPORTS, MY_TEAMS)
}
MOMENTS = frozenset(key for key, d in DYNAMICS.items() if d.yields in ("day", "instant"))
PEOPLE = frozenset(DYNAMICS) - MOMENTS

#: Units of `add`. An instant takes all of them, a day the last four.
INSTANT_UNITS = ("minutes", "hours")
DAY_UNITS = ("days", "weeks", "months", "years")

Shift = tuple[tuple[str, int], ...]


def shift_day(day: date, shift: Shift) -> date:
    """Years and months first, so that the order in which they were written does not count.
    Raises `OverflowError` beyond the calendar."""
    amounts = dict(shift)
    for unit in ("years", "months", "weeks", "days"):
        day = calendar.shifted(day, unit.removesuffix("s"), amounts.get(unit, 0))
    return day


def shift_time(shift: Shift) -> timedelta:
    amounts = dict(shift)
    return timedelta(minutes=amounts.get("minutes", 0), hours=amounts.get("hours", 0))
