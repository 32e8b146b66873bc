"""The summary of results as a PDF document: what is in it, and what is not."""

from dataclasses import replace

import pytest
from django.utils import translation

from surveys.results.summary.files import shared_file, summary_file
from tests.cast import create
from tests.pdf import outline_of, pages_of, read, text_of
from tests.surveys.results.answering import answer, answers, chosen, item, page, survey

pytestmark = pytest.mark.django_db

SAID = "Whispered by somebody else"


@pytest.fixture
def record(cast):
    return create("organisation", name="Shown Company", owner=cast.owner.pk, team=cast.north.pk)


@pytest.fixture
def told(cast, record):
    """Eight answers, and one about a record that the owner does not see."""
    for n in range(8):
        words = f"The delivery number {n} was late"
        answer(record, likely=10 if n % 4 else 3, words=words, happy=5, why=["care"], days_ago=n)
    hidden = create(
        "organisation", name="Concealed", owner=cast.stranger.pk, team=cast.south.pk, sector="it"
    )
    answer(hidden, likely=0, words=SAID, why=["price"])
    return record


def text(found, **more):
    return text_of(summary_file(found, **more).content)


def test_it_holds_the_score_with_its_margin_and_n(cast, told):
    found = text(chosen(cast.owner, survey()))
    assert "Relationship" in found
    assert "NPS 50 ±60 (-10 to 100), n = 8" in found
    assert "Answers 8" in found


def test_each_question_has_its_bars_with_shares_intervals_and_n(cast, told):
    found = text(chosen(cast.owner, survey()))
    assert "About likely? n = 8" in found
    assert "Answer Share Interval n" in found
    assert "10 75 % 41 to 93 % 6" in found
    assert "Care 100 % 68 to 100 % 8" in found


def test_the_trend_is_drawn_and_stands_as_numbers(cast, told):
    found = text(chosen(cast.owner, survey(), by="week"))
    assert "Trend About likely?" in found
    assert "Week from NPS ± n" in found


def test_it_is_about_what_was_asked_for(cast, told):
    found = text(chosen(cast.owner, survey(), days="30", split="owner", latest="1"))
    assert "Period: 10/30/2026 to 11/28/2026" in found
    assert "Compared with the period before: 09/30/2026 to 10/29/2026" in found
    assert "Split by: Owner" in found
    assert "By Owner" in found
    assert "Of each person the latest answer counts" in found


def test_a_period_is_compared_with_the_one_before(cast, record):
    answers([10] * 19 + [0], record, days_ago=40)
    answers([0] * 19 + [10], record)
    found = text(chosen(cast.owner, survey(), days="30"))
    assert "NPS: -180 on the period before (more than chance)" in found


def test_answers_about_hidden_records_are_not_in_it(cast, told):
    found = text(chosen(cast.owner, survey()), with_words=True)
    assert "Concealed" not in found
    assert SAID not in found
    assert "Price 0 % 0 to 32 % 0" in found


def test_what_too_few_have_answered_is_a_number_alone(cast, record):
    answers([9] * 8, record)
    for _n in range(3):
        answer(record, likely=9, happy=2)
    found = text(chosen(cast.owner, survey()))
    assert "About happy? n = 3 · too few to show" in found
    assert "Satisfied" not in found
    assert found.count("Answer Share Interval n") == 1, "of the question that may be shown"


def test_words_are_counted_and_what_was_said_is_left_out(cast, told):
    """That it is left out is told."""
    found = text(chosen(cast.owner, survey()))
    assert "delivery (8)" in found
    assert "The delivery number" not in found
    assert "What people said in their own words is left out here." in found


def test_what_was_said_is_in_it_where_it_is_wanted(cast, told):
    found = text(chosen(cast.owner, survey()), with_words=True)
    assert "The delivery number 7 was late" in found
    assert "Shown Company" in found
    assert "left out here" not in found


def test_who_may_not_take_answers_along_gets_the_figures_alone(cast, told):
    """Support sees its team's records and may not export them."""
    found = text(chosen(cast.teammate, survey()), with_words=True)
    assert "n = 8" in found
    assert "The delivery number" not in found
    assert "Shown Company" not in found


def test_words_of_anonymous_surveys_are_not_taken_along(cast):
    for n in range(6):
        answer(None, likely=9, words=f"Quiet sentence {n}")
    found = text(chosen(cast.administrator, survey(settings={"anonymous": True})), with_words=True)
    assert "About likely? n = 6" in found
    assert "Quiet sentence" not in found
    assert "quiet (6)" in found


def test_of_nothing_there_is_a_page_that_says_so(cast):
    pages = pages_of(summary_file(chosen(cast.owner, survey())).content)
    assert len(pages) == 1
    assert "Nobody has answered yet" in pages[0]


def test_a_shared_one_has_the_chosen_questions_alone(cast, told):
    kept = chosen(cast.administrator, survey())
    found = text_of(shared_file(_narrowed(kept, "likely")).content)
    assert "About likely?" in found
    for hidden in ("About happy?", "About why?", "About words?", "delivery", "Invited", "Shown"):
        assert hidden not in found


def test_a_shared_one_names_no_segment(cast, told):
    kept = chosen(cast.administrator, survey(), segment="it", split="owner", days="30")
    found = text_of(shared_file(_narrowed(kept, "likely")).content)
    assert "Segment" not in found
    assert "Split by" not in found
    assert "Period: 10/30/2026" in found


def _narrowed(found, *questions):
    return replace(found, kept=frozenset(questions))


def test_its_file_is_called_like_the_others(cast, told):
    made = summary_file(chosen(cast.owner, survey()))
    assert (made.name, made.content_type) == ("relationship-2026-11-28.pdf", "application/pdf")


def test_it_is_in_the_language_of_its_reader(cast, told):
    labels = {"labels": {"en": "Relationship", "el": "Η σχέση μας: ό,τι σκέφτεστε"}}
    with translation.override("el"):
        made = summary_file(chosen(cast.owner, survey(**labels))).content
    assert "Η σχέση μας: ό,τι σκέφτεστε" in text_of(made)
    assert "Ερωτήσεις" in text_of(made), "what the screens say is translated, and reads as Greek"
    assert read(made).trailer["/Root"]["/Lang"] == "el"


def test_its_parts_are_found_by_its_outline(cast, told):
    made = summary_file(chosen(cast.owner, survey(), split="owner")).content
    [title, parts] = outline_of(made)
    assert title == "Relationship"
    assert [p for p in parts if isinstance(p, str)] == [
        "Trend",
        "By Owner",
        "Questions",
        "From the invitation to the end",
    ]
    assert "About likely?" in parts[parts.index("Questions") + 1]


def test_a_question_of_many_options_goes_on_over_pages(cast, record):
    options = [{"key": f"o{n}", "labels": {"en": f"Option {n}."}} for n in range(200)]
    many = item("which", "multiple_choice", options={"options": options})
    asked = survey(steps=[page("first", item("likely", "nps"), many)])
    for n in range(6):
        answer(record, likely=9, which=[f"o{n}", "o199"])
    pages = pages_of(summary_file(chosen(cast.owner, asked)).content)
    whole = " ".join(pages)
    assert all(f"Option {n}." in whole for n in range(200))
    holding = [text for text in pages if "Option" in text]
    assert len(holding) > 3
    assert all("Answer Share Interval n" in text for text in holding)
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text


def test_it_takes_as_many_queries_as_its_page(cast, told, django_assert_max_num_queries):
    found = chosen(cast.owner, survey(), days="90", split="owner")
    with django_assert_max_num_queries(17):
        summary_file(found)
    found = chosen(cast.owner, survey(), days="90", split="owner")
    with django_assert_max_num_queries(20):
        summary_file(found, with_words=True)
