"""What is wrong with a business calendar or a service level, seen together with the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.conditions.api import ConditionInvalid
from crm_config.keys import is_key
from workflows.deadlines.conditions import read
from workflows.deadlines.definitions import CALENDARS, WEEK, LevelDef, day_of, interval
from workflows.deadlines.holiday_dates import countries


def wrong_calendar(raw: Mapping[str, Any]) -> Iterator[str]:
    if not is_key(raw["key"]):
        yield _("A key has small letters, digits and single underscores.")
    if raw.get("time_zone") and not _is_zone(raw["time_zone"]):
        yield _("There is no time zone “%(key)s”.") % {"key": raw["time_zone"]}
    yield from wrong_hours(raw["hours"])
    yield from _wrong_country(raw.get("country", ""), raw.get("subdivision", ""))
    for day in raw.get("days", ()):
        if day_of(day["date"]) is None:
            yield _("“%(text)s” is no day.") % {"text": day["date"]}


def wrong_hours(hours: Mapping[str, Any]) -> Iterator[str]:
    if not any(hours.get(day) for day in WEEK):
        yield _("Give it hours on at least one day.")
    for day, label in WEEK.items():
        intervals = [interval(pair) for pair in hours.get(day, ())]
        if any(begin >= end for begin, end in intervals):
            yield _("%(day)s: hours end after they begin, and not after midnight.") % {"day": label}
        if any(after[0] < before[1] for before, after in pairwise(intervals)):
            yield _("%(day)s: hours come one after the other.") % {"day": label}


def _is_zone(key: str) -> bool:
    try:
        ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _wrong_country(country: str, subdivision: str) -> Iterator[str]:
    if country and country not in countries():
        yield _("The holidays of “%(key)s” are not known.") % {"key": country}
    elif subdivision and subdivision not in countries().get(country, ()):
        yield _("“%(key)s” is no part of the country.") % {"key": subdivision}


def wrong_level(raw: Mapping[str, Any], draft: Draft) -> Iterator[str]:
    if not is_key(raw["key"]):
        yield _("A key has small letters, digits and single underscores.")
    if raw["type"] not in draft.types:
        yield _("There is no record type “%(key)s”.") % {"key": raw["type"]}
        return
    calendars = {each["key"]: each for each in draft.payload.get(CALENDARS, [])}
    if raw["calendar"] not in calendars or calendars[raw["calendar"]].get("retired"):
        yield _("There is no calendar “%(key)s”.") % {"key": raw["calendar"]}
    if not raw["targets"]:
        yield _("Say what is to be done until when.")
    keys = [target["key"] for target in raw["targets"]]
    if len(set(keys)) < len(keys):
        yield _("Two targets have the same key.")
    roles = {role["key"] for role in draft.payload.get("roles", [])}
    for escalation in raw.get("escalations", ()):
        if escalation["notify"] == "role" and escalation.get("role") not in roles:
            yield _("There is no role “%(key)s”.") % {"key": escalation.get("role", "")}
    try:
        read(LevelDef.of(raw), draft.snapshot)
    except ConditionInvalid as invalid:
        yield from (str(problem) for problem in invalid.problems)
