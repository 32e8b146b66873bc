"""Rolling windows: how many fit in, and when there is room again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from records.contact.windows import next_free

NOW = datetime(2026, 3, 30, 12, tzinfo=UTC)


def ago(*days: float) -> list[datetime]:
    return [NOW - timedelta(days=n) for n in days]


def test_there_is_room_until_as_many_as_allowed_were_sent() -> None:
    assert next_free([], 1, 30, NOW) is None
    assert next_free(ago(1, 2), 3, 7, NOW) is None
    assert next_free(ago(1, 2, 3), 3, 7, NOW) == NOW + timedelta(days=4)


def test_what_is_as_old_as_the_window_counts_no_more() -> None:
    assert next_free(ago(30), 1, 30, NOW) is None
    assert next_free(ago(29.999), 1, 30, NOW) is not None


def test_over_twice_it_waits_until_enough_are_old() -> None:
    assert next_free(ago(1, 5, 6), 2, 7, NOW) == NOW + timedelta(days=2)


def test_a_day_has_24_hours_also_when_clocks_change() -> None:
    athens = ZoneInfo("Europe/Athens")
    sent = datetime(2026, 3, 28, 12, tzinfo=athens)
    free = next_free([sent], 1, 1, sent + timedelta(hours=1))
    assert free is not None and free - sent.astimezone(UTC) == timedelta(hours=24)
    autumn = datetime(2026, 10, 24, 12, tzinfo=UTC)
    free = next_free([autumn], 1, 2, autumn + timedelta(hours=30))
    assert free is not None and free - autumn == timedelta(hours=48)


moments = st.lists(st.floats(0, 100).map(lambda n: NOW - timedelta(days=n)), max_size=20)


@given(moments, st.integers(1, 5), st.integers(1, 60))
def test_at_the_next_free_moment_there_is_room_and_just_before_there_is_none(
    times: list[datetime], most: int, days: int
) -> None:
    free = next_free(times, most, days, NOW)
    if free is None:
        return
    assert free > NOW
    assert next_free(times, most, days, free) is None
    assert next_free(times, most, days, free - timedelta(microseconds=1)) == free
