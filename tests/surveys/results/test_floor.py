"""Too few answers are not shown, and cannot be worked out from what is."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.definitions import SurveyDef
from surveys.results.floor import floor_of, hidden
from tests.surveys.results.answering import survey

COUNTS = st.dictionaries(st.integers(0, 30), st.integers(0, 40))
FLOORS = st.integers(1, 20)


def test_groups_below_the_floor_are_hidden():
    assert hidden({"a": 3, "b": 4, "c": 9}, 5) == {"a", "b"}


def test_one_alone_takes_the_smallest_other_with_it():
    assert hidden({"a": 2, "b": 30, "c": 9}, 5) == {"a", "c"}


def test_several_that_are_too_few_together_take_another_with_them():
    assert hidden({"a": 1, "b": 1, "c": 30, "d": 20}, 5) == {"a", "b", "d"}


def test_a_group_that_nobody_is_in_hides_nothing():
    assert hidden({"a": 0, "b": 8}, 5) == frozenset()


@given(COUNTS, FLOORS)
def test_what_is_hidden_is_enough_not_to_be_told(counts, floor):
    held = hidden(counts, floor)
    assert held >= {key for key, n in counts.items() if 0 < n < floor}
    shown = {key for key, n in counts.items() if n and key not in held}
    if held and shown:
        assert len(held) > 1
        assert sum(counts[key] for key in held) >= floor


def test_it_is_five_where_the_survey_says_nothing():
    assert floor_of(SurveyDef.of(survey())) == 5
    assert floor_of(SurveyDef.of(survey(settings={"floor": 12}))) == 12
    assert floor_of(SurveyDef.of(survey(settings={"floor": 0}))) == 5
