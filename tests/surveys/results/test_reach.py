"""Whose answers somebody may read."""

from dataclasses import replace

import pytest

from records import services
from records.access import Access
from records.access.narrowed import NarrowedAccess
from records.gate import Change
from records.models import Record
from records.token_scopes import parse
from surveys.definitions import SurveyDef
from surveys.results.headline import headline
from surveys.results.reach import may_read
from tests.cast import Cast, create
from tests.surveys.results.answering import answer, answers, chosen, survey

pytestmark = pytest.mark.django_db

OPEN = survey(settings={"floor": 1})
READ_BY_SALES = survey(settings={"floor": 1, "results": {"roles": ["sales"]}})
ANONYMOUS = survey(settings={"anonymous": True, "results": {"roles": ["sales"]}})


@pytest.fixture
def records(cast: Cast) -> dict[str, int]:
    owners = {"owner": cast.owner, "teammate": cast.teammate, "stranger": cast.stranger}
    teams = {"owner": cast.north, "teammate": cast.north, "stranger": cast.south}
    return {
        name: create("organisation", name=name, owner=user.pk, team=teams[name].pk)
        for name, user in owners.items()
    }


@pytest.mark.parametrize(
    ("who", "n"),
    [
        ("owner", 1),
        ("teammate", 2),
        ("stranger", 1),
        ("manager", 3),
        ("administrator", 3),
        ("outsider", 0),
    ],
)
def test_each_counts_the_answers_about_records_that_they_see(cast, records, who, n):
    answers([10, 9, 0], *records.values())
    assert headline(chosen(cast.everyone()[who], OPEN)).n == n


@pytest.mark.parametrize(("who", "n"), [("administrator", 1), ("owner", 0), ("outsider", 0)])
def test_answers_of_nobody_are_for_administrators(cast, who, n):
    answer(likely=7)
    assert headline(chosen(cast.everyone()[who], OPEN)).n == n


def test_and_for_the_roles_that_the_survey_names(cast):
    answer(likely=7)
    assert headline(chosen(cast.owner, READ_BY_SALES)).n == 1
    assert headline(chosen(cast.teammate, READ_BY_SALES)).n == 0


def test_a_named_role_sees_no_more_records_by_it(cast, records):
    answers([10, 9, 0], *records.values())
    assert headline(chosen(cast.owner, READ_BY_SALES)).n == 1


def test_who_may_see_no_record_and_has_no_role_reads_no_survey(cast):
    outsider = chosen(cast.outsider, OPEN)
    assert not may_read(outsider.survey, outsider.access)
    owner = chosen(cast.owner, OPEN)
    assert may_read(owner.survey, owner.access)


def test_an_anonymous_survey_is_for_the_named_roles_alone(cast):
    for who, reads in (("administrator", True), ("owner", True), ("teammate", False)):
        found = chosen(cast.everyone()[who], ANONYMOUS)
        assert may_read(found.survey, found.access) is reads, who


def test_an_answer_about_a_record_is_not_read_by_its_persons_sight(cast, records):
    """What was said about a record that is hidden stays hidden, whoever said it."""
    answer(records["stranger"], person=records["owner"], likely=3)
    assert headline(chosen(cast.owner, OPEN)).n == 0


def test_an_answer_about_no_record_is_read_with_its_person(cast, records):
    answer(None, person=records["owner"], likely=3)
    assert headline(chosen(cast.owner, OPEN)).n == 1
    assert headline(chosen(cast.stranger, OPEN)).n == 0


def test_a_survey_of_a_type_that_is_not_there_is_read_by_nobody(cast):
    found = chosen(cast.administrator, OPEN)
    assert not may_read(SurveyDef.of(survey(type="nothing")), found.access)


def test_test_answers_and_those_not_finished_do_not_count(cast, records):
    answer(records["owner"], likely=3, is_test=True)
    answer(records["owner"], likely=3, status="partial")
    answer(records["owner"], likely=3, status="screened")
    assert headline(chosen(cast.owner, OPEN)).n == 0


def test_answers_stay_counted_when_the_record_is_erased(cast, records):
    """They are nobody's then: who saw the record does not count them any more, administrators do."""
    answer(records["owner"], likely=9)
    Record.unscoped.filter(pk=records["owner"]).delete()
    assert headline(chosen(cast.owner, OPEN)).n == 0
    assert headline(chosen(cast.administrator, OPEN)).n == 1


def test_what_was_said_about_an_archived_record_still_counts(cast, records):
    answer(records["owner"], likely=9)
    archive = Change("archive", id=records["owner"])
    services.execute_or_raise([archive], access=Access.system(), channel="system")
    assert headline(chosen(cast.owner, OPEN)).n == 1
    assert headline(chosen(cast.stranger, OPEN)).n == 0


def test_a_token_that_leaves_the_record_type_out_reads_nothing(cast, records):
    answer(records["owner"], likely=9)
    answer(likely=9)
    found = chosen(cast.administrator, OPEN)
    assert headline(found).n == 2
    elsewhere = parse(["read:deal"])
    narrowed = replace(found, access=NarrowedAccess.to(found.access, elsewhere))
    assert headline(narrowed).n == 0
    assert not may_read(found.survey, narrowed.access)
