"""From where a condition is evaluated: when, in which time zone, and for whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Standpoint:
    """`me` is None where nobody asks, as in a nightly job: what compares with `me` is then false.

    `my_reports` holds the users of the teams that I lead, and of those below them.
    """

    now: datetime
    tz: ZoneInfo
    me: int | None = None
    my_teams: frozenset[int] = field(default=frozenset())
    my_reports: frozenset[int] = field(default=frozenset())

    @property
    def today(self) -> date:
        return self.now.astimezone(self.tz).date()
