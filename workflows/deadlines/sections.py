"""Business calendars and service levels: how the working copy's become JSON and come back, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.conditions.api import ConditionInvalid
from crm_config.problems import Problem
from crm_config.sections.base import ConfigSection, Path, Reference
from crm_config.sections.of_types import OfTypes
from crm_config.sections.record_types import compact
from crm_config.sections.rows import sync
from workflows.deadlines.checks import wrong_calendar, wrong_level
from workflows.deadlines.conditions import read
from workflows.deadlines.definitions import CALENDARS, LEVELS, CalendarDef, LevelDef
from workflows.models import BusinessCalendar, ServiceLevel

CALENDAR_NAMES = ("labels", "time_zone", "country", "subdivision", "days", "retired")
LEVEL_NAMES = (
    "labels",
    "order",
    "condition",
    "starts",
    "pauses",
    "warn_at",
    "escalations",
    "retired",
)


class CalendarSection(ConfigSection):
    key = CALENDARS
    optional = True

    def dump(self) -> list[dict[str, Any]]:
        return [raw_calendar(row) for row in BusinessCalendar.objects.order_by("key")]

    def load(self, part: Any, *, replace: bool) -> None:
        names = ("hours", *CALENDAR_NAMES)
        sync(BusinessCalendar.objects.all(), part, by=("key",), names=names, replace=replace)

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        for raw in part:
            for message in wrong_calendar(raw):
                yield Problem((CALENDARS, raw["key"]), message)

    def compile(self, part: Any, draft: Draft) -> Mapping[str, CalendarDef]:
        zone = draft.payload.get("company", {}).get("time_zone") or "UTC"
        return MappingProxyType({raw["key"]: CalendarDef.of(raw, zone) for raw in part})


class LevelSection(OfTypes):
    key = LEVELS
    optional = True

    model = ServiceLevel
    names = LEVEL_NAMES
    always = ("calendar", "targets")

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        """An archived one promises nothing, and so may name what is gone."""
        for raw in part:
            if not _at_rest(raw, draft):
                for message in wrong_level(raw, draft):
                    yield Problem((LEVELS, raw["key"]), message)

    def compile(self, part: Any, draft: Draft) -> Mapping[str, LevelDef]:
        return MappingProxyType({raw["key"]: LevelDef.of(raw) for raw in part})

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source, weak = (LEVELS, raw["key"]), _at_rest(raw, draft)
            named = ("record_types", raw["type"])
            yield Reference(source, named, _("service level of it"), weak=weak)
            yield Reference(source, (CALENDARS, raw["calendar"]), _("counted by"), weak=weak)
            for target in _named(raw, draft):
                yield Reference(source, target, _("condition"), weak=weak)
            for escalation in raw.get("escalations", ()):
                if escalation.get("role"):
                    told = ("roles", escalation["role"])
                    yield Reference(source, told, _("told of delays"), weak=weak)


def raw_calendar(row: BusinessCalendar) -> dict[str, Any]:
    return {"key": row.key, "hours": row.hours, **compact(row, CALENDAR_NAMES)}


def _named(raw: Mapping[str, Any], draft: Draft) -> list[Path]:
    """Of a condition that cannot be read nothing is known; the check says so."""
    try:
        terms = read(LevelDef.of(raw), draft.snapshot)
    except ConditionInvalid:
        return []
    return sorted({path for condition in terms.all for path in condition.references()})


def _at_rest(raw: Mapping[str, Any], draft: Draft) -> bool:
    """Archived, or of an archived type: it means nothing meanwhile."""
    return bool(raw.get("retired") or draft.types.get(raw["type"], {}).get("retired"))
