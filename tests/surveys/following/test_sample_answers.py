"""The sample company has answers of eighteen months, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm_config.live import live
from crm_site.welcome import welcome
from records.models import Record
from records.sample import load as whole
from surveys.definitions import surveys_of
from surveys.models import Answer, FollowUp, Invitation, OpenLink, Response
from surveys.sample import load
from tests.kept import kept
from tests.records.test_sample import few

NOW = timezone.now()


@kept
def loaded() -> int:
    with pytest.MonkeyPatch.context() as patch:
        few(patch)
        whole.configure()
        return whole.load(NOW)


def test_all_surveys_were_answered_over_the_months(loaded: int) -> None:
    keys = set(surveys_of(live()))
    assert keys == set(Response.objects.values_list("survey", flat=True))
    days = Response.objects.filter(status="completed").order_by("completed_at")
    first, last = days.first(), days.last()
    assert first is not None and first.completed_at is not None
    assert last is not None and last.completed_at is not None
    assert first.completed_at < NOW - timedelta(days=480)
    assert NOW - timedelta(days=30) < last.completed_at <= NOW + timedelta(minutes=10)
    assert Response.objects.filter(status="partial").exists()
    assert Invitation.objects.exclude(status__in=("completed", "started")).count() > 20


def test_what_was_said_is_in_four_languages_and_counted(loaded: int) -> None:
    said = Answer.objects.filter(question="why").exclude(text="")
    assert len(set(said.values_list("response__language", flat=True))) >= 3
    scores = Answer.objects.filter(question="nps", response__survey="nps")
    completed = Response.objects.filter(survey="nps", status="completed")
    assert scores.count() == completed.count() > 30
    assert set(scores.values_list("number", flat=True)) <= set(map(float, range(11)))


def test_anonymous_answers_name_nobody(loaded: int) -> None:
    rows = Response.objects.filter(survey="pulse")
    assert rows.count() > 100
    assert not rows.exclude(record=None, person=None, invitation=None).exists()
    assert not FollowUp.objects.filter(survey="pulse").exclude(record=None).exists()


def test_persons_have_their_last_score_and_organisations_the_average(loaded: int) -> None:
    last = Response.objects.filter(survey="nps", status="completed").order_by("-pk")
    for row in last[:5]:
        assert row.person is not None
        newest = last.filter(person=row.person).first()
        assert newest is not None and row.person.data["last_nps"] == newest.values["nps"]
    firms = Record.unscoped.filter(type="organisation", data__average_nps__isnull=False)
    assert firms.exists()


def test_some_follow_ups_wait_and_most_are_closed(loaded: int) -> None:
    rows = FollowUp.objects.all()
    waits, closed = rows.exclude(status="closed").count(), rows.filter(status="closed").count()
    assert 0 < waits < closed
    assert not rows.exclude(problems=[]).exists()
    assert rows.filter(made__isnull=False, made__type="task").exists()


def test_a_second_time_changes_nothing(loaded: int) -> None:
    before = (Response.objects.count(), FollowUp.objects.count(), OpenLink.objects.count())
    load.load(timezone.now())
    after = (Response.objects.count(), FollowUp.objects.count(), OpenLink.objects.count())
    assert after == before


def test_a_start_prints_one_open_link(loaded: int) -> None:
    told = welcome(host="127.0.0.1", port=8000)
    assert told.count("/s/") == 1
    token = told.split("/s/")[1].split("/")[0]
    assert OpenLink.objects.get(token=token).kind == "public"
