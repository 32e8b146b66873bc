"""What of a survey's results somebody wants to see: it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

#: How far back, in days.
PERIODS: Mapping[str, Any] = {
    "": _("All the time"),
    "30": _("The last 30 days"),
    "90": _("The last 90 days"),
    "365": _("The last 12 months"),
}
STEPS: Mapping[str, Any] = {"week": _("Weeks"), "month": _("Months"), "quarter": _("Quarters")}
USUAL_STEP = "month"


@dataclass(frozen=True)
class Asked:
    """`days` counts back from today; `since` and `until` are days in ISO form, both included. `split` names what the
    answers are split by, `segment` the one whose records alone count; `latest` is `1` where of each person the latest
    answer alone counts, `0` where all do, empty where the survey says. `question` is the one whose score leads."""

    days: str = ""
    since: str = ""
    until: str = ""
    by: str = USUAL_STEP
    split: str = ""
    segment: str = ""
    latest: str = ""
    question: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Asked:
        """From an address; what cannot be read is as if it were not there."""
        found = cls(**{f.name: str(given.get(f.name, f.default))[:60] for f in fields(cls)})
        return replace(
            found,
            days=found.days if found.days in PERIODS else "",
            since=found.since if _day(found.since) else "",
            until=found.until if _day(found.until) else "",
            by=found.by if found.by in STEPS else USUAL_STEP,
            latest=found.latest if found.latest in ("0", "1") else "",
        )

    @property
    def query(self) -> str:
        """As the address holds it; without what is usual."""
        said = {f.name: getattr(self, f.name) for f in fields(self)}
        return urlencode({k: v for k, v in said.items() if v and v != getattr(Asked(), k)})

    def but(self, **changed: str) -> str:
        """The address of the same with something changed."""
        return f"?{replace(self, **changed).query}"

    def span(self, today: date) -> Span:
        since, until = _day(self.since), _day(self.until)
        if self.days and not since and not until:
            return Span(today - timedelta(days=int(self.days) - 1), today)
        return Span(since, until)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Span:
    """Days, both included; None: without end."""

    first: date | None = None
    last: date | None = None

    def begins(self, tz: ZoneInfo) -> datetime | None:
        return None if self.first is None else datetime.combine(self.first, time(), tz)

    def ends(self, tz: ZoneInfo) -> datetime | None:
        """Exclusive."""
        if self.last is None:
            return None
        return datetime.combine(self.last + timedelta(days=1), time(), tz)

    def before(self, today: date) -> Span | None:
        """The one as long before it; None where it has no beginning."""
        if self.first is None:
            return None
        length = (self.last or today) - self.first
        last = self.first - timedelta(days=1)
        return Span(last - length, last)

    def in_months(self) -> Span:
        """Widened to whole months: no day can be told from its neighbours."""
        first = self.first and self.first.replace(day=1)
        last = self.last and (self.last.replace(day=28) + timedelta(days=4)).replace(day=1)
        return Span(first, last and last - timedelta(days=1))
