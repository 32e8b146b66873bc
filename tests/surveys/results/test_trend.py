"""The score over time."""

from datetime import date

import pytest

from surveys.results.trend import trend
from tests.cast import create
from tests.surveys.results.answering import answers, chosen, survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(cast):
    return create("organisation", name="Shown", owner=cast.owner.pk)


def values(points):
    return [(p.first.isoformat(), p.n, p.score and p.score.value) for p in points]


def test_months_stand_in_order_and_without_gaps(cast, record):
    answers([10] * 5, record, days_ago=3)
    answers([0] * 5, record, days_ago=62)
    found = values(trend(chosen(cast.owner, survey())))
    assert found == [("2026-09-01", 5, -100), ("2026-10-01", 0, None), ("2026-11-01", 5, 100)]


@pytest.mark.parametrize(
    ("by", "first"), [("week", date(2026, 11, 23)), ("quarter", date(2026, 10, 1))]
)
def test_weeks_and_quarters_begin_with_their_first_day(cast, record, by, first):
    answers([10] * 5, record, days_ago=3)
    assert [p.first for p in trend(chosen(cast.owner, survey(), by=by))] == [first]


def test_a_month_with_too_few_is_hidden_and_the_smallest_other_with_it(cast, record):
    answers([10] * 9, record, days_ago=3)
    answers([10] * 6, record, days_ago=33)
    answers([0] * 2, record, days_ago=62)
    found = values(trend(chosen(cast.owner, survey())))
    assert found == [("2026-09-01", 2, None), ("2026-10-01", 6, None), ("2026-11-01", 9, 100)]


def test_the_day_is_that_of_the_companys_time_zone(cast, record):
    """The test company is in Athens: half past ten in the evening of the 31st in UTC is November there."""
    answers([10] * 5, record, days_ago=27.48)
    assert [p.first for p in trend(chosen(cast.owner, survey()))] == [date(2026, 11, 1)]


def test_an_anonymous_survey_has_no_weeks(cast):
    answers([10] * 5, days_ago=3)
    anonymous = survey(settings={"anonymous": True})
    found = trend(chosen(cast.administrator, anonymous, by="week"))
    assert [p.first for p in found] == [date(2026, 11, 1)]
