"""Results as files."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from surveys.results.exporting import export, may_export
from tests.cast import create
from tests.surveys.results.answering import answer, answers, chosen, survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(cast):
    return create("organisation", name="Shown Company", owner=cast.owner.pk, team=cast.north.pk)


def lines(found):
    text = export(found, "csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_each_response_is_a_row(cast, record):
    answer(record, likely=9, words="All well", why=["price", "care"])
    answer(record, likely=2)
    headings, first, second = lines(chosen(cast.owner, survey()))
    assert headings[2:4] == ["About", "Answered by"]
    assert headings[6:] == ["About likely?", "About words?", "About why?"]
    assert first[2:] == ["Shown Company", "Shown Company", "", "", "2", "", ""]
    assert second[6:] == ["9", "All well", "Price; Care"]


def test_what_a_spreadsheet_would_run_is_made_harmless(cast, record):
    answer(record, likely=9, words="=HYPERLINK(evil)")
    assert lines(chosen(cast.owner, survey()))[1][7] == "'=HYPERLINK(evil)"


def test_a_workbook_and_json_hold_the_same(cast, record):
    answer(record, likely=9, words="All well")
    here = chosen(cast.owner, survey())
    sheet = load_workbook(io.BytesIO(export(here, "xlsx").content)).active
    assert [cell.value for cell in sheet[2]][6:8] == [9, "All well"]
    (row,) = json.loads(export(here, "json").content)
    assert (row["About likely?"], row["About words?"]) == (9, "All well")


def test_only_those_about_records_that_may_be_exported(cast, record):
    """Support sees its team's records and may not export them."""
    answer(record, likely=9)
    assert may_export(chosen(cast.owner, survey()).survey, chosen(cast.owner, survey()).access)
    support = chosen(cast.teammate, survey())
    assert not may_export(support.survey, support.access)
    assert len(lines(support)) == 1


def test_those_about_hidden_records_are_not_in_it(cast, record):
    hidden = create("organisation", name="Hidden", owner=cast.stranger.pk, team=cast.south.pk)
    answer(hidden, likely=9)
    answer(record, likely=9)
    assert [line[2] for line in lines(chosen(cast.owner, survey()))[1:]] == ["Shown Company"]


def test_an_anonymous_survey_has_counts_alone(cast):
    answers([10] * 5 + [3] * 5)
    answer(None, words="lonely")
    here = chosen(cast.administrator, survey(settings={"anonymous": True}))
    found = lines(here)
    assert found[0][:4] == ["Question", "Row", "Answer", "Count"]
    assert ["About likely?", "", "10", "5", "10", "50.0"] in found
    assert "lonely" not in str(found)


def test_more_than_a_page_of_them_is_whole(cast, record, django_assert_max_num_queries):
    for n in range(30):
        answer(record, likely=n % 11)
    with django_assert_max_num_queries(12):
        assert len(lines(chosen(cast.owner, survey()))) == 31
