"""The Net Promoter Score against worked examples, and whatever is answered."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.scores.nps import Nps

COUNTS = st.dictionaries(st.integers(0, 10), st.integers(0, 5000), max_size=11)


def test_each_answer_counts_as_one_of_three():
    assert Nps.of(dict.fromkeys(range(11), 1)) == Nps(promoters=2, passives=2, detractors=7)


def test_whubers_example_of_a_half_a_third_and_a_sixth():
    """Cross Validated 18603: the variance of the tickets is 5/9, and 324 answers give an error of 4.1 points."""
    found = Nps(promoters=162, passives=108, detractors=54)
    assert found.value == pytest.approx(100 / 3)
    assert found.error == pytest.approx(4.1, abs=0.05)
    assert found.margin == pytest.approx(1.96 * 4.14, abs=0.01)


def test_the_usual_example_of_seventy_and_ten():
    assert Nps(promoters=70, passives=20, detractors=10).value == 60


def test_nothing_answered_is_no_score():
    none = Nps()
    assert (none.value, none.error, none.margin, none.low, none.high) == (None,) * 5
    assert none.since(Nps(1, 0, 0)) is None


def test_what_is_not_on_the_scale_is_passed_over():
    assert Nps.of({-1: 3, 11: 4, 10: 1}) == Nps(promoters=1)


@given(COUNTS)
def test_it_stays_within_its_bounds(counts):
    found = Nps.of(counts)
    if found.n:
        assert -100 <= found.low <= found.value <= found.high <= 100
        assert 0 <= found.error <= 100


@given(COUNTS)
def test_turned_about_it_is_its_negative(counts):
    found = Nps.of(counts)
    turned = Nps(found.detractors, found.passives, found.promoters)
    assert found.value == (None if turned.value is None else -turned.value)
    assert found.error == turned.error


@given(COUNTS, COUNTS)
def test_parts_added_up_are_the_whole(one, other):
    whole = {answer: one.get(answer, 0) + other.get(answer, 0) for answer in {**one, **other}}
    assert Nps.of(one) + Nps.of(other) == Nps.of(whole)


@given(COUNTS)
def test_its_error_is_that_of_a_mean_of_plus_one_nought_and_minus_one(counts):
    found = Nps.of(counts)
    if found.n:
        mean = found.value / 100
        spread = (
            found.promoters * (1 - mean) ** 2
            + found.passives * mean**2
            + found.detractors * (-1 - mean) ** 2
        ) / found.n
        assert isclose(found.error / 100, (spread / found.n) ** 0.5, abs_tol=1e-6)
