"""What becomes of an answer by the rules of its survey."""

from __future__ import annotations

import pytest
from django.core import mail
from django.utils import timezone

from jobs.services import run_pending
from records.models import Event, Record, SegmentMember
from surveys.answering import completed
from surveys.following import services
from surveys.models import FollowUp, Response
from tests.cast import Cast
from tests.surveys.following.following import (
    ALWAYS,
    answer,
    keeping,
    publish,
    rule,
    seen,
    somebody,
    tasks,
)
from tests.surveys.surveying import Respondent, open_link, published
from workflows.models import Notification

pytestmark = pytest.mark.django_db


def test_a_low_score_makes_a_task_for_the_owner_about_the_person(cast: Cast) -> None:
    publish()
    pk = somebody(cast)
    answer(pk, nps=3)
    [made] = tasks()
    assert made.title == "Call Ana Popa: 3" and made.owner_id == cast.owner.pk
    assert made.team_id == cast.north.pk and seen(made.pk).value("about") == (pk,)
    row = FollowUp.objects.get()
    assert (row.status, row.owner, row.record_id, row.made_id) == ("open", cast.owner, pk, made.pk)
    assert row.team == cast.north and row.problems == [] and row.due_at
    assert 1 <= (row.due_at - timezone.now()).days <= 2
    event = Event.objects.get(record_id=made.pk)
    assert (event.channel, event.actor, event.reason) == ("survey", None, "Pulse: Unhappy")


def test_whoever_gets_it_is_told_in_the_app_and_by_mail_without_any_value(cast: Cast) -> None:
    publish()
    answer(somebody(cast), why="Terribly slow")
    told = Notification.objects.get()
    assert told.user == cast.owner and told.text == "Follow up: Unhappy (Pulse)"
    [sent] = mail.outbox
    assert sent.to == ["owner@example.com"] and "Unhappy" in sent.subject
    assert f"/voices/{FollowUp.objects.get().pk}/" in sent.body
    assert "Terribly" not in sent.body and "Popa" not in sent.body


def test_a_high_score_makes_nothing(cast: Cast) -> None:
    publish()
    answer(somebody(cast), nps=9)
    assert not FollowUp.objects.exists() and tasks() == [] and mail.outbox == []


def test_followed_twice_it_is_one(cast: Cast) -> None:
    publish()
    row = answer(somebody(cast))
    services.follow(row)
    completed.tell(row, published())
    run_pending()
    assert FollowUp.objects.count() == len(tasks()) == len(mail.outbox) == 1


def test_values_of_the_person_follow_what_was_answered_last(cast: Cast) -> None:
    publish(keeping())
    pk = somebody(cast)
    answer(pk, nps=4)
    view = seen(pk)
    assert view.value("last_nps") == 4 and view.value("trend") is None and view.value("asked_on")
    answer(pk, nps=8)
    assert (seen(pk).value("last_nps"), seen(pk).value("trend")) == (8, "up")
    answer(pk, nps=5)
    assert (seen(pk).value("last_nps"), seen(pk).value("trend")) == (5, "down")
    services.follow(Response.objects.order_by("pk")[0])
    assert seen(pk).value("last_nps") == 5
    assert not FollowUp.objects.exists() and not Notification.objects.exists()


def test_the_person_is_put_on_a_list(cast: Cast) -> None:
    publish(keeping(set={}, when=ALWAYS, lists=["unhappy"]))
    pk = somebody(cast)
    answer(pk)
    assert SegmentMember.objects.get(segment="unhappy").record_id == pk


def test_what_was_not_answered_sets_nothing(cast: Cast) -> None:
    publish(keeping(set={"email": {"answer": "why"}}))
    pk = somebody(cast, email="ana@example.com")
    answer(pk, why="")
    assert seen(pk).value("email") == "ana@example.com" and not FollowUp.objects.exists()


def test_test_answers_are_followed_by_nothing(cast: Cast) -> None:
    publish(rule(), keeping())
    who = Respondent(open_link(kind="test").token)
    who.open()
    who.send(nps="1")
    run_pending()
    assert Response.objects.get().is_test
    services.follow(Response.objects.get())
    assert not FollowUp.objects.exists() and tasks() == []


def test_an_anonymous_survey_makes_records_that_name_nobody(cast: Cast) -> None:
    making = {"type": "task", "set": {"subject": "Somebody said {answer.nps}"}}
    alarm = rule(make=making, to={"role": "manager"})
    publish(alarm, settings={"anonymous": True})
    answer_of = open_link()
    who = Respondent(answer_of.token)
    who.open()
    who.send(nps="2")
    run_pending(due_only=True)
    assert not FollowUp.objects.exists(), "not before the day is over"
    run_pending()
    row = FollowUp.objects.get()
    assert row.record is None and row.owner == cast.manager and row.made is not None
    assert row.made.title == "Somebody said 2"
    assert Record.unscoped.filter(type="person").count() == 0
