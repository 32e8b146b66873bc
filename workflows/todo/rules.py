"""How often something comes again, and when next. Pure.

Written as a recurrence rule (RFC 5545), so that calendar programs understand it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

EVERY = ("day", "weekday", "week", "month", "year")
#: Of a month or a year: the same date, the same weekday of the month, or its last day.
BY = ("date", "weekday", "last")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = {"day": "DAILY", "weekday": "WEEKLY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}  # fmt: skip
#: From this day on, some months have no such day: there the last one before it counts.
SHORTEST_MONTH = 28
WEEK = 7


@dataclass(frozen=True)
class Rule:
    """`days` are weekdays (0 is Monday). `day`, `month` and `place` are where the first one stood: a task of the 31st
    comes on the 28th of February and on the 31st of March. `place` counts the weekday in its month; -1: the last
    one. `until` is the last day; `left` how many are still to come; neither: without an end."""

    every: str
    interval: int = 1
    days: tuple[int, ...] = ()
    by: str = "date"
    day: int = 1
    month: int = 1
    place: int = 1
    until: date | None = None
    left: int | None = None

    @classmethod
    def at(cls, first: date, *, every: str, **more: Any) -> Rule:
        """One whose first occurrence is on that day."""
        days = tuple(sorted(more.pop("days", None) or (first.weekday(),)))
        place = (first.day - 1) // WEEK + 1
        return cls(
            every, days=days, day=first.day, month=first.month, place=place if place <= 4 else -1, **more
        )  # fmt: skip

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Rule:
        until = kept.get("until")
        return cls(
            **{
                **kept,
                "days": tuple(kept.get("days", ())),
                "until": date.fromisoformat(until) if until else None,
            }
        )

    def json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "days": list(self.days),
            "until": self.until.isoformat() if self.until else None,
        }

    @property
    def rrule(self) -> str:
        """Without its end."""
        parts = [f"FREQ={FREQUENCIES[self.every]}", f"INTERVAL={self.interval}"]
        if self.every == "weekday":
            parts.append(f"BYDAY={','.join(DAYS[:5])}")
        elif self.every == "week":
            parts.append(f"BYDAY={','.join(DAYS[n] for n in self.days)}")
        elif self.every == "month":
            parts.append(self._in_month())
        elif self.every == "year":
            parts += [f"BYMONTH={self.month}", self._in_month()]
        return ";".join(parts)

    def _in_month(self) -> str:
        if self.by == "last":
            return "BYMONTHDAY=-1"
        if self.by == "weekday":
            return f"BYDAY={self.place}{DAYS[self.days[0]]}"
        if self.day <= SHORTEST_MONTH:
            return f"BYMONTHDAY={self.day}"
        days = ",".join(str(n) for n in range(SHORTEST_MONTH, self.day + 1))
        return f"BYMONTHDAY={days};BYSETPOS=-1"

    @property
    def ical(self) -> str:
        """With its end, as calendar programs are told."""
        if self.until is not None:
            return f"{self.rrule};UNTIL={self.until:%Y%m%d}T235959Z"
        return self.rrule if self.left is None else f"{self.rrule};COUNT={self.left + 1}"


def following(rule: Rule, at: datetime, *, after: date) -> datetime | None:
    """The next time, on the clock of the wall, of what stood at `at`: later than that, and later than the day `after`.
    None where it has ended."""
    if rule.left == 0:
        return None
    beyond = max(at, datetime.combine(after, time.max))
    found: datetime | None = rrulestr(rule.rrule, dtstart=at).after(beyond)
    if found is None or (rule.until is not None and found.date() > rule.until):
        return None
    # Recurrence rules know whole seconds only.
    return found.replace(microsecond=at.microsecond)
