"""A single response, and what stands on a record's page."""

import pytest

from records.errors import NotVisible
from records.selectors import get
from surveys.results.of_record import history
from surveys.results.one import one
from tests.cast import create
from tests.surveys.results.answering import answer, chosen, survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(cast):
    return create("organisation", name="Shown Company", owner=cast.owner.pk, team=cast.north.pk)


def opened(found, response):
    return one(found.survey, response.pk, found.access)


def past(user, record, definition=None):
    """The history on the record's page, as a user sees it."""
    access = chosen(user, definition or survey()).access
    return history(get(record, access=access))


def test_it_tells_what_was_answered_and_about_whom(cast, record):
    response = answer(record, likely=9, words="All well", why=["care"], gone="left over")
    found = opened(chosen(cast.owner, survey()), response)
    said = [(each.question, list(each.values)) for each in found.answers]
    assert said[:2] == [("About likely?", ["9"]), ("About words?", ["All well"])]
    assert said[-1] == ("gone", ["left over"])
    assert found.record.title == "Shown Company"
    assert found.person is None


def test_who_does_not_see_the_record_does_not_see_it(cast, record):
    response = answer(record, likely=9)
    for who in ("stranger", "outsider"):
        with pytest.raises(NotVisible):
            opened(chosen(cast.everyone()[who], survey()), response)


def test_no_response_of_an_anonymous_survey_is_shown_to_anybody(cast):
    response = answer(None, likely=9)
    with pytest.raises(NotVisible):
        opened(chosen(cast.administrator, survey(settings={"anonymous": True})), response)


def test_one_of_another_survey_is_not_found_by_its_number(cast, record):
    response = answer(record, survey="other", likely=9)
    with pytest.raises(NotVisible):
        opened(chosen(cast.owner, survey()), response)


def test_a_records_page_has_its_answers_the_newest_first_with_the_change(cast, record):
    for days, score in ((30, 4), (20, 7), (10, 9)):
        answer(record, days_ago=days, likely=score)
    answer(record, likely=1, status="partial")
    found = past(cast.owner, record)
    assert [each.number for each in found.answered] == [9, 7, 4]
    assert (found.last_nps, found.change, found.more) == (9, 2, 0)


def test_it_has_none_of_answers_about_records_that_the_reader_does_not_see(cast, record):
    """The person answered about a deal that is hidden from whoever looks at them."""
    deals = survey(type="deal", sending={"recipient": "customer"})
    hidden = create("deal", name="Hidden", owner=cast.stranger.pk, team=cast.south.pk)
    mine = create("deal", name="Mine", owner=cast.owner.pk, team=cast.north.pk)
    answer(hidden, person=record, likely=0)
    answer(mine, person=record, likely=8)
    assert [each.number for each in past(cast.owner, record, deals).answered] == [8]
    assert [each.number for each in past(cast.manager, record, deals).answered] == [8, 0]


def test_many_are_told_by_their_number(cast, record):
    for days in range(8):
        answer(record, days_ago=days, likely=9)
    found = past(cast.owner, record)
    assert (len(found.answered), found.more) == (5, 3)


def test_where_no_survey_asks_about_such_records_nothing_is_asked(
    cast, record, django_assert_num_queries
):
    access = chosen(cast.owner, survey(type="deal")).access
    view = get(record, access=access)
    with django_assert_num_queries(0):
        assert history(view).answered == ()
