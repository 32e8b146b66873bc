"""Question by question."""

import pytest

from surveys.results.distributions import distributions
from surveys.results.headline import headline
from tests.cast import create
from tests.surveys.results.answering import answer, answers, chosen, item, page, survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(cast):
    return create("organisation", name="Shown", owner=cast.owner.pk)


def by_key(found):
    return {each.question.key: each for each in distributions(found)}


def test_each_question_has_its_bars_and_how_many_answered(cast, record):
    for n in range(6):
        answer(record, likely=9 if n else 3, why=["price", "care"] if n < 2 else ["care"])
    found = by_key(chosen(cast.owner, survey()))
    assert found["likely"].question.n == 6
    assert found["why"].question.n == 6
    assert {bar.label: bar.n for bar in found["why"].parts[0].bars} == {"Price": 2, "Care": 6}
    assert found["likely"].parts[0].score.value == pytest.approx(100 * 4 / 6)


def test_too_few_answers_are_counted_and_not_shown(cast, record):
    answers([9, 9, 9, 9], record)
    found = by_key(chosen(cast.owner, survey()))["likely"]
    assert (found.question.n, found.hidden, list(found.parts)) == (4, True, [])


def test_a_question_that_nobody_answered_is_there(cast, record):
    found = by_key(chosen(cast.owner, survey()))["happy"]
    assert (found.question.n, found.hidden, list(found.parts)) == (0, False, [])


def test_a_question_of_a_former_version_is_joined_by_its_key(cast, record):
    """Nobody knows any more what it was: it is named by its key, with how many answered."""
    answers([9] * 5, record)
    now = survey(steps=[page("first", item("happy", "csat"))])
    assert "likely" not in by_key(chosen(cast.owner, now))


def test_answers_under_all_versions_of_a_question_are_counted_together(cast, record):
    for version in (1, 2, 3):
        answers([10, 0], record, version=version)
    assert by_key(chosen(cast.owner, survey()))["likely"].question.n == 6


def test_the_line_on_top_compares_with_the_period_before(cast, record):
    answers([10] * 6 + [8] * 2, record, days_ago=5)
    answers([0] * 4 + [8] * 4, record, days_ago=40)
    found = headline(chosen(cast.owner, survey(), days="30"))
    assert (found.n, found.score.value, found.before.value) == (8, 75, -50)
    assert found.difference.change == 125
    assert found.difference.more_than_chance


def test_without_a_period_there_is_nothing_to_compare_with(cast, record):
    answers([10] * 6, record)
    assert headline(chosen(cast.owner, survey())).difference is None


def test_the_line_on_top_is_hidden_where_too_few_answered(cast, record):
    answers([10] * 4, record)
    found = headline(chosen(cast.owner, survey()))
    assert (found.n, found.score, found.hidden) == (4, None, True)


def test_another_question_can_lead(cast, record):
    for _n in range(5):
        answer(record, likely=0, happy=5)
    assert headline(chosen(cast.owner, survey())).score.value == -100
    assert headline(chosen(cast.owner, survey(), question="happy")).score.value == 100


def test_the_latest_answer_of_each_alone(cast, record):
    other = create("organisation", name="Other", owner=cast.owner.pk)
    answer(record, likely=0, days_ago=9)
    answer(record, likely=10, days_ago=2)
    answer(record, likely=0, days_ago=5)
    answer(other, likely=10, days_ago=5)
    floor = survey(settings={"floor": 1})
    assert headline(chosen(cast.owner, floor)).n == 4
    latest = headline(chosen(cast.owner, floor, latest="1"))
    assert (latest.n, latest.score.value) == (2, 100)
    always = survey(settings={"floor": 1, "latest_only": True})
    assert headline(chosen(cast.owner, always)).n == 2
    assert headline(chosen(cast.owner, always, latest="0")).n == 4


def test_nobodys_answers_are_each_somebody_elses(cast):
    answers([10, 10, 10])
    found = chosen(cast.administrator, survey(settings={"floor": 1}), latest="1")
    assert headline(found).n == 3


def test_an_anonymous_survey_hides_a_period_that_leaves_out_too_few(cast):
    anonymous = survey(settings={"anonymous": True})
    answers([10] * 8, days_ago=1)
    answers([0] * 2, days_ago=300)
    assert headline(chosen(cast.administrator, anonymous)).score.value == 60
    assert headline(chosen(cast.administrator, anonymous, days="90")).score is None
    answers([0] * 3, days_ago=300)
    assert headline(chosen(cast.administrator, anonymous, days="90")).score.value == 100


def test_its_periods_are_whole_months(cast):
    found = chosen(
        cast.administrator,
        survey(settings={"anonymous": True}),
        since="2026-02-10",
        until="2026-03-03",
    )
    assert [day.isoformat() for day in (found.span.first, found.span.last)] == [
        "2026-02-01",
        "2026-03-31",
    ]


def test_a_matrix_a_ranking_and_a_scale_are_known_by_their_rows_options_and_steps(cast):
    options = [{"key": "good", "labels": {"en": "Good"}}, {"key": "bad", "labels": {"en": "Bad"}}]
    rows = [{"key": "sales", "labels": {"en": "Sales"}}]
    asked = survey(
        steps=[
            page(
                "one",
                item("grid", "matrix", options={"options": options, "rows": rows}),
                item("stars", "rating", options={"steps": 7}),
                item("which", "single_choice", options={"options": options, "other": True}),
            )
        ]
    )
    known = chosen(cast.administrator, asked).questions
    assert (known["grid"].parts, known["grid"].options) == (
        {"sales": "Sales"},
        {"good": "Good", "bad": "Bad"},
    )
    assert known["stars"].steps == 7
    assert list(known["which"].options) == ["good", "bad", "other"]
    assert known["which_other"].measure == "text"
