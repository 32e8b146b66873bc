"""How answers are counted, by what a question measures."""

import pytest

from surveys.results.measures.base import Tally
from surveys.results.measures.registry import MEASURES, measure_of
from surveys.results.questions import Question


def numbers(**counts):
    return [Tally("", "", float(key[1:]), n) for key, n in counts.items()]


def question(measure, **more):
    return Question("q", "Question", measure, **more)


def bars(part):
    return {bar.label: bar.n for bar in part.bars if bar.n}


def test_a_scale_has_a_bar_for_each_step():
    (part,) = MEASURES["nps"].parts(question("nps", n=4), numbers(_10=3, _0=1))
    assert [bar.label for bar in part.bars] == [str(n) for n in range(11)]
    assert bars(part) == {"10": 3, "0": 1}
    assert part.score.value == 50
    assert [bar.tone for bar in part.bars] == ["poor"] * 7 + ["fair"] * 2 + ["good"] * 2


def test_satisfaction_and_effort_have_their_steps():
    assert len(MEASURES["csat"].bars(question("csat"), [], 0)) == 5
    assert len(MEASURES["ces"].bars(question("ces"), [], 0)) == 7


def test_a_rating_has_as_many_steps_as_its_question():
    assert len(MEASURES["rating"].bars(question("rating", steps=10), [], 0)) == 10
    assert len(MEASURES["rating"].bars(question("rating"), numbers(_7=1), 1)) == 7


def test_options_stand_in_the_questions_order_and_former_ones_after_them():
    asked = question("choice", options={"b": "Bee", "a": "Ant"}, n=10)
    tallies = [Tally("", "a", None, 7), Tally("", "gone", None, 1), Tally("", "b", None, 5)]
    (part,) = MEASURES["choice"].parts(asked, tallies)
    assert [(bar.label, bar.n) for bar in part.bars] == [("Bee", 5), ("Ant", 7), ("gone", 1)]
    assert part.bars[1].share.value == 0.7


def test_a_ranking_is_in_the_order_of_the_mean_places():
    asked = question("choice", options={"a": "Ant", "b": "Bee"}, n=2)
    tallies = [Tally("", "a", 2, 2), Tally("", "b", 1, 2)]
    (part,) = MEASURES["choice"].parts(asked, tallies)
    assert [(bar.label, bar.mean) for bar in part.bars] == [("Bee", 1), ("Ant", 2)]


def test_a_matrix_is_counted_row_by_row():
    asked = question(
        "choice", options={"y": "Yes", "n": "No"}, parts={"r1": "First", "r2": "Second"}, n=3
    )
    tallies = [Tally("r1", "y", 1, 3), Tally("r2", "n", 2, 2)]
    first, second = MEASURES["choice"].parts(asked, tallies)
    assert (first.label, first.n, bars(first)) == ("First", 3, {"Yes": 3})
    assert (second.label, second.n, bars(second)) == ("Second", 2, {"No": 2})


def test_few_numbers_have_a_bar_each():
    (part,) = MEASURES["number"].parts(question("number", n=4), numbers(_2=3, _8=1))
    assert bars(part) == {"2": 3, "8": 1}
    assert (part.score.value, part.median) == (3.5, 2)


def test_many_numbers_share_round_bars():
    tallies = [Tally("", "", n, 1) for n in range(100)]
    (part,) = MEASURES["number"].parts(question("number", n=100), tallies)
    assert bars(part) == {f"{n} – {n + 9}": 10 for n in range(0, 100, 10)}


@pytest.mark.parametrize(
    "values",
    [[-3.5, 0.25, *range(12)], [1e9 + n for n in range(30)], [n / 1000 for n in range(40)]],
)
def test_every_number_falls_into_a_bar(values):
    tallies = [Tally("", "", value, 1) for value in values]
    (part,) = MEASURES["number"].parts(question("number", n=len(values)), tallies)
    assert sum(bar.n for bar in part.bars) == len(values)
    assert len(part.bars) <= 12


def test_what_is_not_measured_is_only_counted():
    (part,) = measure_of("").parts(question("", n=4), numbers(_2=3))
    assert (list(part.bars), part.n, part.score) == ([], 4, None)
