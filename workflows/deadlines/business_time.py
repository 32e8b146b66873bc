"""Time that counts: the hours of a business calendar, in real time. Pure.

A moment counts when the clock on the wall, in the calendar's time zone, stands within the hours of that day. So an
hour that is skipped when clocks go forward counts for nothing, and one that comes twice counts twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

#: From and until, in minutes after midnight.
Interval = tuple[int, int]
Span = tuple[datetime, datetime]
Week = tuple[tuple[Interval, ...], ...]
MIDNIGHT = 24 * 60
#: Who needs longer than this for what was promised has a calendar that is as good as closed.
FARTHEST = 3 * 366
#: As far as clocks are from UTC anywhere, and a little more.
APART = timedelta(hours=15)
NOTHING = timedelta()


class NoHours(Exception):
    """The calendar has no hours left for it within three years."""


def never(day: date) -> bool:
    return False


@dataclass(frozen=True)
class Hours:
    """`week` has the intervals of Monday to Sunday, in order and apart. `closed` tells holidays."""

    tz: ZoneInfo
    week: Week
    closed: Callable[[date], bool] = never

    def spans(self, day: date) -> Sequence[Span]:
        """The time of a day that counts, in UTC."""
        intervals = self.week[day.weekday()]
        if not intervals or self.closed(day):
            return ()
        return _spans(self.tz, day, intervals)


def add(hours: Hours, start: datetime, length: timedelta) -> datetime:
    """When so much time that counts will have passed. Raises `NoHours`."""
    if length <= NOTHING:
        return start
    left = length
    for begin, end in _from(hours, start):
        if left <= end - begin:
            return begin + left
        left -= end - begin
    raise NoHours


def between(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """How much time that counts passes from one moment to another; none where the other comes first."""
    found = NOTHING
    last = end.astimezone(hours.tz).date()
    for begin, until in _from(hours, start, last=last):
        if begin >= end:
            break
        found += min(until, end) - begin
    return found


def _from(hours: Hours, start: datetime, *, last: date | None = None) -> Iterator[Span]:
    """What counts after a moment, in order."""
    day = start.astimezone(hours.tz).date()
    stop = last or day + timedelta(days=FARTHEST)
    while day <= stop:
        for begin, end in hours.spans(day):
            if end > start:
                yield max(begin, start.astimezone(UTC)), end
        day += timedelta(days=1)


@lru_cache(maxsize=4096)
def _spans(tz: ZoneInfo, day: date, intervals: tuple[Interval, ...]) -> tuple[Span, ...]:
    """Cut where the clocks change, so that within each piece the wall and UTC go together."""
    wall = datetime.combine(day, time(), UTC)
    found = []
    for begin, end, offset in _steady(tz, wall - APART, wall + timedelta(days=1) + APART):
        for first, until in intervals:
            a = max(wall + timedelta(minutes=first) - offset, begin)
            b = min(wall + timedelta(minutes=until) - offset, end)
            if a < b:
                found.append((a, b))
    return tuple(sorted(found))


def _steady(
    tz: ZoneInfo, begin: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Stretches over which the clocks do not change."""
    first, last = _offset(tz, begin), _offset(tz, end)
    if first == last:
        yield begin, end, first
        return
    before, after = begin, end
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle <= before:
            break
        before, after = (middle, after) if _offset(tz, middle) == first else (before, middle)
    yield begin, after, first
    yield after, end, last


def _offset(tz: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(tz).utcoffset() or NOTHING
