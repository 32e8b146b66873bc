"""Time that counts: hours, weekends, holidays, and clocks that change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.deadlines.business_time import Hours, NoHours, add, between
from workflows.deadlines.holiday_dates import countries, in_year

ATHENS = ZoneInfo("Europe/Athens")
NINE_TO_FIVE = ((9 * 60, 17 * 60),)
OFFICE = Hours(ATHENS, (NINE_TO_FIVE,) * 5 + ((), ()))
HOUR = timedelta(hours=1)


def at(text: str, tz: ZoneInfo = ATHENS) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=tz)


def test_what_is_begun_on_friday_afternoon_is_due_on_monday():
    assert add(OFFICE, at("2026-11-27 16:30"), 2 * HOUR) == at("2026-11-30 10:30")


def test_what_comes_at_night_begins_in_the_morning():
    assert add(OFFICE, at("2026-11-25 23:00"), HOUR) == at("2026-11-26 10:00")


def test_what_ends_with_the_day_is_due_then_and_not_the_next_morning():
    assert add(OFFICE, at("2026-11-25 16:00"), HOUR) == at("2026-11-25 17:00")


def test_holidays_do_not_count():
    closed = Hours(ATHENS, OFFICE.week, closed=lambda day: day == date(2026, 12, 25))
    assert add(closed, at("2026-12-24 16:30"), HOUR) == at("2026-12-28 09:30")


def test_a_break_at_noon_does_not_count():
    hours = Hours(ATHENS, (((9 * 60, 12 * 60), (13 * 60, 17 * 60)),) * 7)
    assert add(hours, at("2026-11-25 11:00"), 2 * HOUR) == at("2026-11-25 14:00")


def test_an_hour_that_is_skipped_counts_for_nothing():
    """Athens, 29 March 2026: 03:00 is followed by 04:00."""
    night = Hours(ATHENS, (((2 * 60, 6 * 60),),) * 7)
    begun = at("2026-03-29 02:00")
    assert between(night, begun, at("2026-03-29 06:00")) == 3 * HOUR
    assert add(night, begun, 2 * HOUR) == at("2026-03-29 05:00")


def test_an_hour_that_comes_twice_counts_twice():
    """Athens, 25 October 2026: 04:00 is followed by 03:00."""
    night = Hours(ATHENS, (((2 * 60, 6 * 60),),) * 7)
    assert between(night, at("2026-10-25 02:00"), at("2026-10-25 06:00")) == 5 * HOUR


def test_hours_around_the_clock_are_those_of_the_clock():
    always = Hours(ATHENS, (((0, 24 * 60),),) * 7)
    begun = datetime(2026, 3, 1, 12, 0, 7, tzinfo=UTC)
    assert add(always, begun, timedelta(days=60)) == begun + timedelta(days=60)


def test_a_calendar_that_is_never_open_says_so():
    with pytest.raises(NoHours):
        add(Hours(ATHENS, ((),) * 7), at("2026-11-25 11:00"), HOUR)


def test_holidays_come_from_the_country_and_its_part():
    assert date(2026, 3, 25) in in_year("GR", "", 2026)
    assert date(2026, 1, 6) in in_year("DE", "BY", 2026)
    assert date(2026, 1, 6) not in in_year("DE", "BE", 2026)
    assert "BY" in countries()["DE"]


ZONES = st.sampled_from(["Europe/Athens", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe",
                         "Pacific/Apia", "UTC"]).map(ZoneInfo)  # fmt: skip


@st.composite
def intervals(draw):
    bounds = sorted(draw(st.sets(st.integers(0, 24 * 60), min_size=2, max_size=4)))
    return tuple(zip(bounds[::2], bounds[1::2], strict=False))


@st.composite
def calendars(draw):
    week = tuple(draw(st.one_of(st.just(()), intervals())) for _day in range(6))
    shut = draw(st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20))
    # Long enough on Sundays that what is added never takes years.
    sunday = ((0, draw(st.integers(600, 24 * 60))),)
    return Hours(draw(ZONES), (*week, sunday), closed=shut.__contains__)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
LENGTHS = st.integers(0, 40 * 3600).map(lambda seconds: timedelta(seconds=seconds))


@given(calendars(), MOMENTS, LENGTHS)
def test_what_was_added_has_passed_in_between(hours, moment, length):
    assert between(hours, moment, add(hours, moment, length)) == length


@given(calendars(), MOMENTS, LENGTHS, LENGTHS)
def test_more_time_ends_later(hours, moment, one, other):
    less, more = sorted((one, other))
    assert add(hours, moment, less) <= add(hours, moment, more)


@given(calendars(), MOMENTS, LENGTHS, LENGTHS)
def test_two_parts_are_as_long_as_the_whole(hours, moment, one, other):
    middle, end = moment + one, moment + one + other
    assert between(hours, moment, middle) + between(hours, middle, end) == between(
        hours, moment, end
    )


@settings(max_examples=40)
@given(calendars(), MOMENTS.map(lambda m: m.replace(second=0, microsecond=0)), st.integers(0, 3000))
def test_it_is_what_one_counts_minute_by_minute(hours, moment, minutes):
    """The oracle looks at the wall each minute."""
    counted = 0
    for n in range(minutes):
        wall = (moment + timedelta(minutes=n)).astimezone(hours.tz)
        stands = wall.hour * 60 + wall.minute
        is_open = any(a <= stands < b for a, b in hours.week[wall.weekday()])
        counted += is_open and not hours.closed(wall.date())
    end = moment + timedelta(minutes=minutes)
    assert between(hours, moment, end) == timedelta(minutes=counted)
