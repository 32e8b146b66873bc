"""Means and medians of what was answered."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.scores.ces import ces
from surveys.scores.mean import Mean
from surveys.scores.median import median

COUNTS = st.dictionaries(st.integers(-50, 50), st.integers(0, 30), max_size=12)


def listed(counts):
    return [value for value, count in counts.items() for _n in range(count)]


@given(COUNTS)
def test_it_is_what_statistics_finds(counts):
    values, found = listed(counts), Mean.of(counts)
    if not values:
        assert found.value is None
        return
    assert found.value == pytest.approx(statistics.fmean(values), abs=1e-9)
    if len(values) > 1:
        error = statistics.stdev(values) / len(values) ** 0.5
        assert found.error == pytest.approx(error, abs=1e-6)


@given(COUNTS, COUNTS)
def test_parts_added_up_are_the_whole(one, other):
    whole = {value: one.get(value, 0) + other.get(value, 0) for value in {**one, **other}}
    assert Mean.of(one) + Mean.of(other) == Mean.of(whole)


@given(COUNTS)
def test_the_median_is_what_statistics_finds(counts):
    values = listed(counts)
    assert median(counts) == (statistics.median(values) if values else None)


@given(COUNTS)
def test_the_median_of_the_negatives_is_the_negative(counts):
    found = median(counts)
    turned = median({-value: count for value, count in counts.items()})
    assert turned == (None if found is None else -found)


def test_effort_is_a_mean_of_seven_steps():
    found = ces({7: 2, 5: 1, 1: 1, 0: 50, 8: 50})
    assert (found.n, found.value) == (4, 5.0)
    assert found.error == pytest.approx(2.828 / 2, abs=0.001)


def test_one_answer_shows_no_spread():
    one = Mean.of({3: 1})
    assert (one.value, one.error, one.margin, one.low, one.high) == (3, None, None, None, None)
    assert one.since(Mean()) is None
    assert not one.since(Mean.of({9: 4})).more_than_chance
