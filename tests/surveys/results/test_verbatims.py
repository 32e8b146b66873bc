"""What people said, and the record behind it for those who may see that."""

import pytest

from surveys.results.verbatims import PAGE, Sought, sayings, verbatims
from tests.cast import create
from tests.surveys.results.answering import answer, chosen, survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(cast):
    return create("organisation", name="Shown Company", owner=cast.owner.pk, team=cast.north.pk)


def say(record, *texts, **more):
    for text in texts:
        answer(record, words=text, **more)


def texts(found, sought=None, **more):
    return [v.text for v in verbatims(found, sought or Sought(), **more)[0]]


def test_the_newest_stand_first_with_their_record_and_score(cast, record):
    say(record, "a", "b", "c", "d", likely=9)
    say(record, "last", likely=2)
    found, more = verbatims(chosen(cast.owner, survey()), Sought())
    assert [v.text for v in found] == ["last", "d", "c", "b", "a"]
    assert (found[0].record.title, found[0].number, more) == ("Shown Company", 2, False)
    assert found[0].url.endswith(f"/{record}/")


def test_they_are_found_by_what_stands_in_them_and_by_the_score(cast, record):
    say(record, "Delivery was late", "late again", "still late", likely=3)
    say(record, "Friendly people", "quick", likely=10)
    here = chosen(cast.owner, survey())
    assert texts(here, Sought(text="LATE")) == ["still late", "late again", "Delivery was late"]
    assert texts(here, Sought(tone="good")) == ["quick", "Friendly people"]
    assert texts(here, Sought(tone="poor", text="again")) == ["late again"]
    assert texts(here, Sought(question="happy")) == []


def test_the_persons_record_is_named_only_for_whom_it_is_seen_by(cast, record):
    """Here who answered is somebody whom the owner of the deal does not see."""
    deals = survey(type="deal", sending={"recipient": "customer"}, settings={"floor": 1})
    hidden = create("organisation", name="Hidden Ltd", owner=cast.stranger.pk, team=cast.south.pk)
    deal = create("deal", name="Deal", owner=cast.owner.pk)
    answer(deal, person=hidden, words="hello")
    (found,), _more = verbatims(chosen(cast.owner, deals), Sought())
    assert found.record.title == "Deal"
    answer(None, person=hidden, words="never read")
    assert texts(chosen(cast.owner, deals)) == ["hello"]


def test_an_outsider_reads_none(cast, record):
    say(record, *"abcdefg")
    assert texts(chosen(cast.outsider, survey())) == []
    assert sayings(chosen(cast.outsider, survey())) == {}


def test_too_few_are_not_shown(cast, record):
    say(record, *"abcd")
    assert texts(chosen(cast.owner, survey())) == []
    assert sayings(chosen(cast.owner, survey())) == {}


def test_they_come_page_by_page(cast, record):
    say(record, *(f"text {n}" for n in range(PAGE + 3)))
    here = chosen(cast.owner, survey())
    first, more = verbatims(here, Sought())
    second, end = verbatims(here, Sought(), page=2)
    assert (len(first), more, len(second), end) == (PAGE, True, 3, False)


def test_each_question_has_its_words_and_a_few_of_the_newest(cast, record):
    say(record, *(f"price {n}" for n in "abcdefg"))
    found = sayings(chosen(cast.owner, survey()))["words"]
    assert [(word.text, word.n) for word in found.words] == [("price", 7)]
    assert [v.text for v in found.newest] == [f"price {n}" for n in "gfedc"]
    assert found.newest[0].record.title == "Shown Company"


def test_of_an_anonymous_survey_they_are_texts_alone_in_an_order_that_says_nothing(cast):
    say(None, "zebra", "apple", "Mango", "fig", "kiwi", likely=3)
    here = chosen(cast.administrator, survey(settings={"anonymous": True}))
    found, _more = verbatims(here, Sought())
    assert sorted(v.text for v in found) == ["Mango", "apple", "fig", "kiwi", "zebra"]
    assert found[0].text != "zebra"
    for each in (*found, *sayings(here)["words"].newest):
        assert (each.at, each.response, each.record, each.number) == (None,) * 4


def test_nor_are_they_told_apart_by_their_score(cast):
    say(None, *"abcde", likely=9)
    say(None, "lonely", likely=1)
    here = chosen(cast.administrator, survey(settings={"anonymous": True}))
    assert len(texts(here, Sought(tone="poor"))) == len(texts(here, Sought(tone="good"))) == 6
    assert texts(here, Sought(text="lonely")) == ["lonely"]
