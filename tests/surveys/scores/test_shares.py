"""Shares with Wilson's interval, against Newcombe's table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.scores.csat import Csat
from surveys.scores.wilson import Share, interval

SAMPLES = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_newcombes_examples(count, n, low, high):
    """Newcombe (1998), table I, method 3."""
    assert interval(count, n) == pytest.approx((low, high), abs=0.00005)


@given(SAMPLES)
def test_the_share_lies_in_its_interval_and_that_in_nought_to_one(sample):
    found = Share(*sample)
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(SAMPLES)
def test_the_rest_has_the_interval_turned_about(sample):
    count, n = sample
    low, high = interval(count, n)
    assert interval(n - count, n) == pytest.approx((1 - high, 1 - low))


@given(SAMPLES)
def test_more_answers_of_the_same_kind_narrow_it(sample):
    count, n = sample
    low, high = interval(count, n)
    of_many = interval(count * 4, n * 4)
    assert of_many[1] - of_many[0] <= high - low + 1e-12


@given(SAMPLES, SAMPLES)
def test_parts_added_up_are_the_whole(one, other):
    assert Share(*one) + Share(*other) == Share(one[0] + other[0], one[1] + other[1])


def test_of_nothing_there_is_no_share():
    assert (Share().value, Share().low, Share().high) == (None, None, None)


def test_satisfied_are_the_two_best_of_five():
    found = Csat.of({1: 5, 2: 5, 3: 10, 4: 50, 5: 30, 6: 99, 0: 99})
    assert (found.satisfied, found.n, found.value) == (80, 100, 80)
    assert (found.low, found.high) == pytest.approx((71.12, 86.66), abs=0.01)
    assert found.margin == pytest.approx(7.77, abs=0.01)


def test_satisfaction_compared_is_in_points():
    found = Csat(80, 100).since(Csat(60, 100))
    assert found.change == pytest.approx(20)
    assert found.more_than_chance
    assert Csat().since(Csat(1, 2)) is None


STEPS = st.dictionaries(st.integers(1, 5), st.integers(0, 900))


@given(STEPS, STEPS)
def test_parts_of_satisfaction_added_up_are_the_whole(one, other):
    whole = {step: one.get(step, 0) + other.get(step, 0) for step in {**one, **other}}
    assert Csat.of(one) + Csat.of(other) == Csat.of(whole)
