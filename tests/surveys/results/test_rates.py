"""How many answered, how many came to the end, and where the others stopped."""

from datetime import timedelta

import pytest

from surveys.models import Invitation
from surveys.results.rates import pages, rates
from tests.cast import create
from tests.surveys.results.answering import NOW, answer, chosen, survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(cast):
    return create("organisation", name="Shown", owner=cast.owner.pk)


def invite(record, n, *, days_ago=1, **more):
    sent = NOW - timedelta(days=days_ago)
    for each in range(n):
        key = f"{record}-{days_ago}-{each}-{sorted(more)}"
        Invitation.objects.create(
            survey="relation", record_id=record, person_id=record, key=key, sent_at=sent, **more
        )


def test_answered_are_those_of_the_invitations_that_arrived(cast, record):
    invite(record, 6)
    invite(record, 3, completed_at=NOW, started_at=NOW, status="completed")
    invite(record, 1, status="bounced")
    found = rates(chosen(cast.owner, survey()))
    assert (found.invited, found.not_delivered, found.started) == (10, 1, 3)
    assert (found.answered.count, found.answered.n) == (3, 9)


def test_those_about_hidden_records_and_of_another_time_do_not_count(cast, record):
    hidden = create("organisation", name="Hidden", owner=cast.stranger.pk, team=cast.south.pk)
    invite(record, 2)
    invite(record, 4, days_ago=90)
    invite(hidden, 3)
    assert rates(chosen(cast.owner, survey(), days="30")).invited == 2
    assert rates(chosen(cast.owner, survey())).invited == 6
    assert rates(chosen(cast.outsider, survey())).invited == 0


def test_how_many_were_asked_is_known_of_an_anonymous_survey_too(cast, record):
    invite(record, 2)
    anonymous = survey(settings={"anonymous": True})
    assert rates(chosen(cast.administrator, anonymous)).invited == 2
    assert rates(chosen(cast.owner, anonymous)).invited == 0


def test_pages_tell_where_people_stopped(cast, record):
    for seconds in (4, 6, 20):
        answer(record, seconds={"first": seconds, "second": 30.4}, step="second")
    answer(record, seconds={"first": 8}, step="second", status="partial")
    answer(record, step="first", status="partial")
    first, second = pages(chosen(cast.owner, survey(settings={"floor": 3})))
    assert (first.label, first.reached, first.left.count, first.median) == ("First", 5, 1, 7)
    assert (second.reached, second.left.count, second.left.n, second.median) == (4, 1, 4, 30)


def test_too_few_times_give_no_median(cast, record):
    answer(record, seconds={"first": 4}, step="second")
    assert pages(chosen(cast.owner, survey()))[0].median is None


def test_finished_are_those_of_all_that_were_begun(cast, record):
    answer(record, likely=9)
    answer(record, status="partial")
    answer(record, status="screened")
    answer(record, likely=9, is_test=True)
    found = rates(chosen(cast.owner, survey())).finished
    assert (found.count, found.n) == (1, 3)
