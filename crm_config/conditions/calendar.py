"""Days relative to today: periods, beginnings and ends, shifts. Weeks begin on Monday.

A span of days is `(first, end)`, the end exclusive and None where the calendar ends before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

Days = tuple[date, date | None]

UNITS = ("day", "week", "month", "quarter", "year")
#: Months in a unit that is made of them.
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def day_after(day: date) -> date | None:
    return None if day == date.max else day + timedelta(days=1)


def start_of(unit: str, day: date) -> date:
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = MONTHS[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def shifted(day: date, unit: str, count: int) -> date:
    """Months keep the day, or take the month's last. Raises `OverflowError` beyond the calendar."""
    if unit not in MONTHS:
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    year, month = divmod(day.year * 12 + day.month - 1 + count * MONTHS[unit], 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("Beyond the calendar")
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def _days_in(year: int, month: int) -> int:
    if month == 12:
        return 31
    return (date(year, month + 1, 1) - timedelta(days=1)).day


def whole(unit: str, day: date, count: int = 0) -> Days:
    """The unit that holds the day, or the one so many after it."""
    first = shifted(start_of(unit, day), unit, count)
    try:
        return first, shifted(first, unit, 1)
    except OverflowError:
        return first, None


def end_of(unit: str, day: date) -> date:
    """The unit's last day."""
    _first, end = whole(unit, day)
    return date.max if end is None else end - timedelta(days=1)


def _named() -> Mapping[str, Callable[[date], Days]]:
    """`this_week`, `last_month`, `next_year` and so on; a day has names of its own."""
    words = {"this": 0, "last": -1, "next": 1}
    found: dict[str, Callable[[date], Days]] = {
        "today": lambda day: whole("day", day),
        "yesterday": lambda day: whole("day", day, -1),
        "tomorrow": lambda day: whole("day", day, 1),
    }
    for unit in UNITS[1:]:
        for word, count in words.items():
            found[f"{word}_{unit}"] = partial(_whole_of, unit, count)
    return found


def _whole_of(unit: str, count: int, day: date) -> Days:
    return whole(unit, day, count)


PERIODS: Mapping[str, Callable[[date], Days]] = _named()


def last_days(day: date, count: int) -> Days:
    """So many days, of which today is the last."""
    return day - timedelta(days=count - 1), day_after(day)


def next_days(day: date, count: int) -> Days:
    """So many days, of which today is the first."""
    return day, day + timedelta(days=count)


COUNTED: Mapping[str, Callable[[date, int], Days]] = {
    "last_days": last_days,
    "next_days": next_days,
}
