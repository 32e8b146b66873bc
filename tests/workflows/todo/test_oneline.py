"""A line of text as something to do."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from workflows.todo.oneline import Line, read

#: A Saturday, 12:00 in Athens.
NOW = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
ATHENS = ZoneInfo("Europe/Athens")
KINDS = {"Call": "call", "Meeting": "meeting"}


def line(text: str) -> tuple[str, str | None, str]:
    found = read(text, KINDS, now=NOW, tz=ATHENS)
    at = found.at.strftime("%Y-%m-%d %H:%M") if found.at else None
    return found.subject, at, found.kind


@pytest.mark.parametrize(
    ("text", "subject", "at", "kind"),
    [
        ("Call Aegean Optics tomorrow 15:00", "Call Aegean Optics", "2026-11-29 15:00", "call"),
        ("Send the offer", "Send the offer", None, ""),
        ("Pay 2026-12-24", "Pay", "2026-12-24 09:00", ""),
        ("Meeting with Ana 3.12. 10:30", "Meeting with Ana", "2026-12-03 10:30", "meeting"),
        ("Renew 5/1", "Renew", "2027-01-05 09:00", ""),
        ("Write to Ion today 18.30", "Write to Ion", "2026-11-28 18:30", ""),
        ("Visit monday", "Visit", "2026-11-30 09:00", ""),
        ("Call back 09:00", "Call back", "2026-11-29 09:00", "call"),
        ("Room 12.345 for 99.99 euros", "Room 12.345 for 99.99 euros", None, ""),
        ("Tomorrowland tickets", "Tomorrowland tickets", None, ""),
        ("31.2.2027", "31.2.2027", None, ""),
    ],
)
def test_days_and_times_are_found(text: str, subject: str, at: str | None, kind: str) -> None:
    assert line(text) == (subject, at, kind)


def test_weekdays_are_known_in_the_language_of_the_page() -> None:
    with override("pl"):
        assert line("Zadzwoń do Anny wtorek")[1] == "2026-12-01 09:00"


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    found = read(text, KINDS, now=NOW, tz=ATHENS)
    assert isinstance(found, Line) and (found.subject or not text.strip())
