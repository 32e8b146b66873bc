"""A line of text as something to do: “Call Aegean Optics tomorrow 15:00”. Pure.

Days, months and weekdays are known in the language of the page; what is left of the line is the subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import pgettext

from crm_config.norm import normalised

CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?!\d)(?![.\d])")
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?\.?(?!\d)")
#: At which hour something is meant where only the day is said.
MORNING = time(9)


@dataclass(frozen=True)
class Line:
    """`kind` is the key of the type that was named first, if any."""

    subject: str
    at: datetime | None = None
    kind: str = ""


def read(text: str, kinds: Mapping[str, str], *, now: datetime, tz: ZoneInfo) -> Line:
    """`kinds` are the keys of the types by name. Nothing in the line is lost: what is not understood stays in
    the subject."""
    rest, kind = _kind(" ".join(text.split()), kinds)
    rest, day = _day(rest, now.astimezone(tz).date())
    rest, clock = _clock(rest)
    if clock is not None and day is None:
        day = now.astimezone(tz).date()
        if datetime.combine(day, clock, tz) < now:
            day += timedelta(days=1)
    at = datetime.combine(day, clock or MORNING, tz) if day is not None else None
    return Line(" ".join(rest.split()).strip(" ,;–-") or text.strip(), at, kind)


def _kind(text: str, kinds: Mapping[str, str]) -> tuple[str, str]:
    """The name stays in the subject: “Call Maria” is what is to be done."""
    said = normalised(text)
    for name, key in sorted(kinds.items(), key=lambda each: -len(each[0])):
        word = normalised(name)
        if word and re.match(rf"{re.escape(word)}\b", said):
            return text, key
    return text, ""


def _clock(text: str) -> tuple[str, time | None]:
    found = CLOCK.search(text)
    if found is None:
        return text, None
    return _cut(text, found.span()), time(int(found[1]), int(found[2]))


def _day(text: str, today: date) -> tuple[str, date | None]:
    for pattern, reader in ((ISO, _iso), (DAY_MONTH, _day_month)):
        found = pattern.search(text)
        if found is not None and (day := reader(found, today)) is not None:
            return _cut(text, found.span()), day
    return _word(text, today)


def _iso(found: re.Match[str], today: date) -> date | None:
    return _date(int(found[1]), int(found[2]), int(found[3]))


def _day_month(found: re.Match[str], today: date) -> date | None:
    """Without a year, the next such day."""
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return _date(int(found[3]), month, day)
    if found[0].count(".") == 1 and int(found[2]) > 12:
        return None
    near = _date(today.year, month, day)
    return near if near is None or near >= today else _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _word(text: str, today: date) -> tuple[str, date | None]:
    words = {
        normalised(pgettext("day", "today")): 0,
        normalised(pgettext("day", "tomorrow")): 1,
        normalised(pgettext("day", "the day after tomorrow")): 2,
        **{
            normalised(str(name)): (number - today.weekday() - 1) % 7 + 1
            for number, name in WEEKDAYS.items()
        },
    }
    for word in sorted(words, key=len, reverse=True):
        found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", normalised(text))
        if found is not None and len(normalised(text)) == len(text):
            return _cut(text, found.span()), today + timedelta(days=words[word])
    return text, None


def _cut(text: str, span: tuple[int, int]) -> str:
    return f"{text[: span[0]].rstrip()} {text[span[1] :].lstrip()}".strip()
