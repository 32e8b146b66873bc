"""Business calendars and service levels as they are published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.definitions import Snapshot, nothing
from workflows.deadlines.business_time import Hours, Interval
from workflows.deadlines.holiday_dates import in_year

CALENDARS = "calendars"
LEVELS = "service_levels"
WEEK: Mapping[str, Any] = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
#: Whom an escalation tells.
WHOM: Mapping[str, Any] = {
    "owner": _("the owner"),
    "team_lead": _("who leads the team"),
    "role": _("everybody with a role"),
}
#: In percent of the time; when the target is breached.
WHOLE = 100


@dataclass(frozen=True, eq=False)
class CalendarDef:
    """`hours` are pairs of `HH:MM` by weekday. Without a time zone, the company's."""

    key: str
    hours: Mapping[str, Any]
    labels: Mapping[str, str] = field(default_factory=nothing)
    time_zone: str = ""
    country: str = ""
    subdivision: str = ""
    days: frozenset[date] = frozenset()
    retired: bool = False
    #: As the payload says it, to tell whether it says something else.
    said: Mapping[str, Any] = field(default_factory=nothing)

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @classmethod
    def of(cls, raw: Mapping[str, Any], time_zone: str) -> CalendarDef:
        return cls(
            key=raw["key"],
            hours=raw["hours"],
            labels=raw.get("labels", {}),
            time_zone=raw.get("time_zone") or time_zone,
            country=raw.get("country", ""),
            subdivision=raw.get("subdivision", ""),
            days=frozenset(filter(None, (day_of(day["date"]) for day in raw.get("days", ())))),
            retired=raw.get("retired", False),
            said={**raw, "time_zone": raw.get("time_zone") or time_zone},
        )

    def closed(self, day: date) -> bool:
        if day in self.days:
            return True
        return bool(self.country) and day in in_year(self.country, self.subdivision, day.year)

    @cached_property
    def counted(self) -> Hours:
        week = tuple(tuple(map(interval, self.hours.get(day, ()))) for day in WEEK)
        return Hours(ZoneInfo(self.time_zone), week, self.closed)


def day_of(text: str) -> date | None:
    """None for what is no day: drafts are compiled before they are checked."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def interval(pair: Any) -> Interval:
    """Minutes after midnight of a pair such as `["09:00", "17:30"]`. Raises `ValueError`."""
    begin, end = (_minutes(text) for text in pair)
    return begin, end


def _minutes(text: str) -> int:
    hour, minute = map(int, text.split(":"))
    return hour * 60 + minute


@dataclass(frozen=True, eq=False)
class TargetDef:
    """`minutes` of time that counts; `met` is the condition that ends it."""

    key: str
    minutes: int
    met: Any
    labels: Mapping[str, str] = field(default_factory=nothing)

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, eq=False)
class Escalation:
    after_percent: int
    notify: str
    role: str = ""


@dataclass(frozen=True, eq=False)
class LevelDef:
    """Without `condition` it is about every record of the type, without `starts` the time runs from creation."""

    key: str
    type: str
    calendar: str
    targets: tuple[TargetDef, ...] = ()
    labels: Mapping[str, str] = field(default_factory=nothing)
    order: int = 0
    condition: Any = None
    starts: Any = None
    pauses: Any = None
    warn_at: int = 80
    escalations: tuple[Escalation, ...] = ()
    retired: bool = False
    said: Mapping[str, Any] = field(default_factory=nothing)

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> LevelDef:
        return cls(
            key=raw["key"],
            type=raw["type"],
            calendar=raw["calendar"],
            targets=tuple(TargetDef(**target) for target in raw.get("targets", ())),
            labels=raw.get("labels", {}),
            order=raw.get("order", 0),
            condition=raw.get("condition"),
            starts=raw.get("starts"),
            pauses=raw.get("pauses"),
            warn_at=raw.get("warn_at", 80),
            escalations=tuple(Escalation(**each) for each in raw.get("escalations", ())),
            retired=raw.get("retired", False),
            said=raw,
        )

    @property
    def steps(self) -> list[int]:
        """The percentages at which something happens, in order."""
        return sorted({self.warn_at, WHOLE, *(each.after_percent for each in self.escalations)})

    def target(self, key: str) -> TargetDef | None:
        return next((target for target in self.targets if target.key == key), None)


def calendars_of(snapshot: Snapshot) -> Mapping[str, CalendarDef]:
    found: Mapping[str, CalendarDef] = snapshot.sections.get(CALENDARS) or {}
    return found


def levels_of(snapshot: Snapshot) -> Mapping[str, LevelDef]:
    found: Mapping[str, LevelDef] = snapshot.sections.get(LEVELS) or {}
    return found


def in_use(snapshot: Snapshot, record_type: str) -> list[LevelDef]:
    """Those of a type in the order in which they are asked, found once for each version."""
    by_type: dict[str, list[LevelDef]] | None = snapshot.memo.get(LEVELS)
    if by_type is None:
        by_type = snapshot.memo[LEVELS] = {}
        for level in sorted(levels_of(snapshot).values(), key=lambda each: (each.order, each.key)):
            if not level.retired and level.calendar in calendars_of(snapshot):
                by_type.setdefault(level.type, []).append(level)
    return by_type.get(record_type, [])
