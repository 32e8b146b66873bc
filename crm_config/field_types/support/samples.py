"""Random values for tests and sample data, drawn so as to hit the awkward ones."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from crm_config.field_types.support.texts import clean_text

#: Letters of every script the product speaks, and those that break careless comparison.
ALPHABET = "abz AZ09 İ ß É Ž ł ș ț ă Ω ώ ς ą ŉ ﬁ 😀 %_\\\"'<&>é,;|{}$.*-+()[]#/:@!?"
NASTY = (
    "İ",
    "ß",
    "%",
    "_",
    "\\",
    '"',
    "'",
    "<b>",
    "&amp;",
    "ǅ",
    "null",
    "0",
    "-",
    "e\u0301",
    "true",
)

#: Around the changes to and from summer time in Europe and America, leap days, new years.
INSTANTS = (
    datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
    datetime(2024, 2, 29, 12, 0, tzinfo=UTC),
    datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC),
    datetime(2000, 1, 1, tzinfo=UTC),
)
DAYS = tuple(instant.date() for instant in INSTANTS)


def line(rng: random.Random, shortest: int, longest: int) -> str:
    """One clean line whose length lies within the bounds (and is mostly small)."""
    if longest >= 12 and rng.random() < 0.15:
        return _padded(clean_text(rng.choice(NASTY)), shortest)
    length = rng.randint(
        max(1, shortest), max(shortest, min(longest, rng.choice((3, 20, longest))))
    )
    drawn = clean_text("".join(rng.choices(ALPHABET, k=length)))
    return _padded(drawn, max(1, shortest))


def _padded(text: str, length: int) -> str:
    return text + "x" * (length - len(text))


def integer(rng: random.Random, low: int, high: int) -> int:
    """Any size, the bounds and the neighbourhood of zero more often than chance would have it."""
    drawn = rng.choice(
        (
            low,
            high,
            0,
            1,
            -1,
            rng.randint(-1000, 1000),
            rng.randint(low, high),
            rng.randint(low, high),
        )
    )
    return drawn if low <= drawn <= high else rng.randint(low, high)


def day(rng: random.Random, first: date, last: date) -> date:
    drawn = rng.choice(
        (first, last, *DAYS, first + timedelta(days=rng.randint(0, (last - first).days)))
    )
    return drawn if first <= drawn <= last else first


def instant(rng: random.Random, first: datetime, last: datetime) -> datetime:
    whole = int((last - first).total_seconds())
    somewhere = first + timedelta(seconds=rng.randint(0, whole))
    drawn = rng.choice((first, last, *INSTANTS, somewhere, somewhere.replace(second=0)))
    drawn = drawn.replace(
        microsecond=rng.choice((0, 0, drawn.microsecond, rng.randint(0, 999_999)))
    )
    return drawn if first <= drawn <= last else first


def some(rng: random.Random, of: Sequence[str]) -> list[str]:
    """At least one of them, in no order."""
    return rng.sample(list(of), rng.randint(1, len(of)))
