"""Reading dates, times and moments that people and files wrote."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime, parse_time
from django.utils.translation import gettext

from crm_config.field_types.base import CoerceContext, ValueRefused

#: Years of four digits; the first and last days are left free, so that no time zone steps outside.
FIRST_DAY = date(1000, 1, 1)
LAST_DAY = date(9999, 12, 30)
FIRST_MOMENT = datetime(1000, 1, 2, tzinfo=UTC)
LAST_MOMENT = datetime(9999, 12, 30, 0, 0, tzinfo=UTC)

_PARTS = re.compile(r"([0-9]{1,4})([-./])([0-9]{1,2})\2([0-9]{1,4})\.?\Z")
_EXAMPLES = {"ymd": "2026-01-31", "dmy": "31.01.2026", "mdy": "01/31/2026"}
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?\Z")


def read_date(raw: Any, context: CoerceContext) -> date:
    """A day; of a moment, the day it falls on in the context's time zone. Raises `ValueRefused`."""
    if isinstance(raw, datetime):
        day = (raw.astimezone(context.tz) if raw.tzinfo else raw).date()
    elif isinstance(raw, date):
        day = raw
    elif isinstance(raw, str):
        day = date_from_text(_MIDNIGHT.sub("", raw.strip()), context)
    else:
        raise _not_a_date(context)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueRefused("year", gettext("Write the year with four digits, from 1000 to 9999."))
    return day


def date_from_text(text: str, context: CoerceContext) -> date:
    """Year first is read as such; otherwise the context says whether days or months come first."""
    match = _PARTS.match(text)
    if match is None:
        raise _not_a_date(context)
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4:
        year, month, day = first, second, third
    elif context.date_order == "ymd" or len(third) != 4:
        raise _not_a_date(context)
    else:
        year = third
        day, month = (first, second) if context.date_order == "dmy" else (second, first)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueRefused(
            "no_such_date", gettext("“%(text)s” is not in the calendar.") % {"text": text}
        ) from error


def _not_a_date(context: CoerceContext) -> ValueRefused:
    return ValueRefused(
        "not_a_date",
        gettext("Write the date as %(example)s.") % {"example": _EXAMPLES[context.date_order]},
    )


def read_moment(raw: Any, context: CoerceContext) -> datetime:
    """A moment in UTC; without an offset it is the context's local time. Raises `ValueRefused`."""
    if isinstance(raw, datetime):
        moment = raw
    elif isinstance(raw, date):
        moment = datetime.combine(raw, time())
    elif isinstance(raw, str):
        moment = _moment_from_text(raw.strip(), context)
    else:
        raise _not_a_moment(context)
    if not FIRST_DAY.year <= moment.year <= LAST_DAY.year:
        raise ValueRefused("year", gettext("Write the year with four digits, from 1000 to 9999."))
    return _in_utc(moment if moment.tzinfo else moment.replace(tzinfo=context.tz))


def _in_utc(moment: datetime) -> datetime:
    try:
        found = moment.astimezone(UTC)
    except OverflowError:
        found = LAST_MOMENT + timedelta(days=1)
    if not FIRST_MOMENT <= found <= LAST_MOMENT:
        raise ValueRefused("year", gettext("Write the year with four digits, from 1000 to 9999."))
    return found


def _moment_from_text(text: str, context: CoerceContext) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError as error:
        raise ValueRefused(
            "no_such_date", gettext("“%(text)s” is not in the calendar.") % {"text": text}
        ) from error
    if found is not None:
        return found
    day, _, clock = text.replace(",", " ").partition(" ")
    return datetime.combine(
        date_from_text(day, context), read_time(clock) if clock.strip() else time()
    )


def _not_a_moment(context: CoerceContext) -> ValueRefused:
    example = f"{_EXAMPLES[context.date_order]} 14:30"
    return ValueRefused(
        "not_a_moment", gettext("Write date and time as %(example)s.") % {"example": example}
    )


def read_time(raw: Any) -> time:
    """A time of day to the second. Raises `ValueRefused`."""
    found: time | None = None
    if isinstance(raw, datetime):
        found = raw.time()
    elif isinstance(raw, time):
        found = raw
    elif isinstance(raw, str):
        found = _time_from_text(raw.strip())
    if found is None or found.tzinfo is not None:
        raise ValueRefused("not_a_time", gettext("Write the time as 14:30."))
    return found.replace(microsecond=0, fold=0)


def _time_from_text(text: str) -> time | None:
    try:
        return parse_time(text)
    except ValueError:
        return None
