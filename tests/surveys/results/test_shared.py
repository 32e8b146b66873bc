"""Results shared by a link."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records.errors import Forbidden
from surveys.results import sharing
from surveys.results.asking import Asked
from tests.surveys.results.answering import chosen, survey

pytestmark = pytest.mark.django_db


def shared(found, **more):
    said = {"questions": ["likely"], "asked": Asked(days="90"), "name": "For the board", **more}
    return sharing.share(found.survey, access=found.access, **said)


def test_who_may_share_the_records_shares_what_was_said_of_them(cast):
    actions = {"administrator": True, "owner": False, "teammate": False, "outsider": False}
    for who, may in actions.items():
        found = chosen(cast.everyone()[who], survey())
        assert sharing.may_share(found.survey, found.access) is may, who


def test_a_role_that_reads_the_results_shares_them(cast):
    found = chosen(cast.owner, survey(settings={"results": {"roles": ["sales"]}}))
    row = shared(found)
    assert (row.questions, row.asked) == (["likely"], {"days": "90", "by": "month"})
    assert row.expires_at == found.access.now + timedelta(days=30)


def test_who_may_not_is_refused(cast):
    with pytest.raises(Forbidden):
        shared(chosen(cast.owner, survey()))


def test_a_link_lives_a_year_at_most(cast):
    found = chosen(cast.administrator, survey())
    assert shared(found, days=5000).expires_at == found.access.now + timedelta(days=366)


def test_links_are_listed_for_whoever_made_them_and_for_the_survey_s_readers(cast):
    mine = chosen(cast.owner, survey(settings={"results": {"roles": ["sales"]}}))
    row = shared(mine)
    everyones = chosen(cast.administrator, survey())
    assert list(sharing.shares_of(mine.survey, mine.access)) == [row]
    assert list(sharing.shares_of(everyones.survey, everyones.access)) == [row]
    other = chosen(cast.teammate, survey())
    assert list(sharing.shares_of(other.survey, other.access)) == []


def test_one_that_was_taken_back_is_gone(cast):
    found = chosen(cast.administrator, survey())
    row = shared(found)
    sharing.revoke(row, access=found.access)
    assert list(sharing.shares_of(found.survey, found.access)) == []
    assert sharing.opened(row.token) is None


def test_nothing_is_found_by_a_guess():
    assert sharing.opened("guessed") is None


def test_only_the_chosen_questions_are_there(cast):
    found = chosen(cast.administrator, survey())
    narrowed = replace(found, kept=frozenset({"happy"}))
    assert list(narrowed.questions) == ["happy"]
    assert narrowed.leading.key == "happy"
