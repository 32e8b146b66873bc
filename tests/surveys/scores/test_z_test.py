"""Period against period."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.scores.normal import two_sided
from surveys.scores.nps import Nps
from surveys.scores.z_test import means, proportions

SAMPLES = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_smokers_and_a_tax_on_cigarettes():
    """Penn State, STAT 415, lesson 9.4: 351 of 605 against 41 of 195 gives z = 8.99."""
    found = proportions(351, 605, 41, 195)
    assert found.z == pytest.approx(8.99, abs=0.005)
    assert found.more_than_chance


def test_a_small_difference_may_be_chance():
    """28 of 254 against 36 of 301: z = -0.34, p = 0.73."""
    found = proportions(28, 254, 36, 301)
    assert found.z == pytest.approx(-0.344, abs=0.01)
    assert found.p == pytest.approx(0.7307, abs=0.01)
    assert not found.more_than_chance


@pytest.mark.parametrize(("z", "p"), [(1.96, 0.05), (1.645, 0.1), (2.576, 0.01), (0, 1)])
def test_the_table_of_the_normal_distribution(z, p):
    assert two_sided(z) == pytest.approx(p, abs=0.0005)


def test_scores_are_compared_as_means():
    """Each with its own error, of scores +1, 0 and -1."""
    now, before = Nps(180, 84, 60), Nps(150, 88, 86)
    found = now.since(before)
    assert found.change == pytest.approx(now.value - before.value)
    expected = found.change / (now.error**2 + before.error**2) ** 0.5
    assert found.z == pytest.approx(expected)
    assert found.more_than_chance


@given(SAMPLES, SAMPLES)
def test_the_other_way_round_it_is_the_negative(one, other):
    there, back = proportions(*one, *other), proportions(*other, *one)
    assert there.change == pytest.approx(-back.change)
    assert (there.z is None) == (back.z is None)
    if there.z is not None:
        assert there.z == pytest.approx(-back.z)
        assert there.p == pytest.approx(back.p)
        assert 0 <= there.p <= 1


@given(SAMPLES)
def test_the_same_again_is_no_difference(sample):
    found = proportions(*sample, *sample)
    assert found.change == 0
    assert not found.more_than_chance


def test_nothing_against_something_says_nothing():
    assert proportions(0, 0, 1, 2) is None
    assert means(4, None, 3, 0.1).z is None
    assert means(4, 0.0, 3, 0.0).z is None
