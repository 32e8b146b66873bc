"""When something comes again. Pure."""

from datetime import date, datetime
from typing import Any

import pytest

from workflows.todo.rule_words import words
from workflows.todo.rules import Rule, following

MONDAY = datetime(2026, 11, 30, 9)


def after(rule: Rule, at: datetime, day: date | None = None) -> datetime | None:
    return following(rule, at, after=day or at.date())


@pytest.mark.parametrize(
    ("first", "given", "coming", "said"),
    [
        (MONDAY, {"every": "day"}, datetime(2026, 12, 1, 9), "every day"),
        (MONDAY, {"every": "day", "interval": 3}, datetime(2026, 12, 3, 9), "every 3 days"),
        (datetime(2026, 12, 4, 9), {"every": "weekday"}, datetime(2026, 12, 7, 9),
         "from Monday to Friday"),
        (MONDAY, {"every": "week", "days": (0, 3)}, datetime(2026, 12, 3, 9),
         "every week on Monday and Thursday"),
        (MONDAY, {"every": "week", "interval": 2}, datetime(2026, 12, 14, 9),
         "every 2 weeks on Monday"),
        (datetime(2027, 1, 31, 9), {"every": "month"}, datetime(2027, 2, 28, 9),
         "every month on day 31"),
        (datetime(2026, 12, 8, 9), {"every": "month", "by": "weekday"},
         datetime(2027, 1, 12, 9), "every month on the second Tuesday"),
        (MONDAY, {"every": "month", "by": "weekday"}, datetime(2026, 12, 28, 9),
         "every month on the last Monday"),
        (MONDAY, {"every": "month", "by": "last"}, datetime(2026, 12, 31, 9),
         "every month on its last day"),
        (datetime(2028, 2, 29, 9), {"every": "year"}, datetime(2029, 2, 28, 9),
         "every year in February on day 29"),
    ],
)  # fmt: skip
def test_the_next_one_and_its_words(
    first: datetime, given: dict[str, Any], coming: datetime, said: str
) -> None:
    rule = Rule.at(first.date(), **given)
    assert after(rule, first) == coming
    assert words(rule) == said
    assert Rule.of(rule.json()) == rule


def test_what_stood_on_the_31st_comes_back_to_it() -> None:
    rule = Rule.at(date(2027, 1, 31), every="month")
    assert after(rule, datetime(2027, 2, 28, 9)) == datetime(2027, 3, 31, 9)


def test_what_was_late_does_not_come_in_the_past() -> None:
    rule = Rule.at(MONDAY.date(), every="day")
    assert after(rule, MONDAY, date(2026, 12, 10)) == datetime(2026, 12, 11, 9)


def test_it_ends() -> None:
    rule = Rule.at(MONDAY.date(), every="week", until=date(2026, 12, 6))
    assert after(rule, MONDAY) is None
    assert words(rule).startswith("every week on Monday, until ")
    counted = Rule.at(MONDAY.date(), every="week", left=1)
    assert after(counted, MONDAY) is not None and words(counted).endswith(", 1 more time")
    assert after(Rule.at(MONDAY.date(), every="week", left=0), MONDAY) is None
    assert counted.ical == "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;COUNT=2"
