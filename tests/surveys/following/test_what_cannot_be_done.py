"""A rule that cannot be done never loses an answer: the follow-up stays open and says why."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm_config.live import live
from records.access import Access
from surveys.following import services
from surveys.following.doing import known
from surveys.models import FollowUp, Response
from tests import company as small
from tests.cast import Cast
from tests.surveys.following.following import (
    answer,
    company,
    keeping,
    publish,
    rule,
    somebody,
    tasks,
)
from tests.workflows.procedures.rules import procedure

pytestmark = pytest.mark.django_db


def refusing(*rules: dict[str, Any]) -> None:
    """No task without an amount, which the survey does not know."""
    named = procedure("amounts", type="task", when=None, must={"field": "amount", "op": "is_set"})
    small.publish(company={**company(*rules), "procedures": [named]})


def test_the_answer_stays_and_the_reason_stands_with_the_follow_up(cast: Cast) -> None:
    refusing(rule())
    row = answer(somebody(cast), nps=2)
    assert row.status == Response.Status.COMPLETED and row.answers.count() == 2
    held = FollowUp.objects.get()
    assert held.status == "open" and held.owner == cast.owner and held.made is None
    assert len(held.problems) == 1 and held.problems[0].startswith("Task: ") and tasks() == []


def test_administrators_are_told_at_home_and_others_are_not(cast: Cast) -> None:
    refusing(rule())
    answer(somebody(cast))
    words = "Pulse: 1 follow-up could not be done as described"
    for user, told in ((cast.administrator, True), (cast.owner, False)):
        client = Client()
        client.force_login(user)
        assert (words in client.get(reverse("wagtailadmin_home")).content.decode()) is told


def test_once_it_is_mended_it_is_tried_again(cast: Cast) -> None:
    refusing(rule())
    answer(somebody(cast))
    held = FollowUp.objects.get()
    assert services.try_again(held, access=Access.of(cast.owner))
    publish(rule())
    held.refresh_from_db()
    assert services.try_again(held, access=Access.of(cast.owner)) == []
    held.refresh_from_db()
    assert held.problems == [] and held.made is not None and len(tasks()) == 1


def test_a_field_that_is_gone_keeps_the_others_from_nothing(cast: Cast) -> None:
    publish()
    given = {"last_nps": 4, "asked_on": "2026-01-01", "loudness": 3}
    kept, problems = known(given, live().types["person"])
    assert kept == {"last_nps": 4, "asked_on": "2026-01-01"}
    assert problems == ["Person has no field “loudness” any more."]


def test_where_nobody_is_it_says_so(cast: Cast) -> None:
    publish(rule(to={"user": "nobody"}))
    answer(somebody(cast))
    held = FollowUp.objects.get()
    assert held.owner is None and held.problems == ["There is nobody here to whom it could fall."]


def test_values_that_could_not_be_kept_ask_nobody_once_they_are(cast: Cast) -> None:
    named = procedure("emails", type="person", when=None, must={"field": "email", "op": "is_set"})
    named["moments"] = ["change"]
    raw = company(keeping())
    small.publish(company={**raw, "procedures": [named]})
    answer(somebody(cast), nps=4)
    held = FollowUp.objects.get()
    assert held.owner is None and len(held.problems) == 1
    small.publish(company=raw)
    assert services.try_again(held, access=Access.of(cast.administrator)) == []
    held.refresh_from_db()
    assert held.status == "closed" and held.outcome == "Done after all."
    assert held.record is not None and held.record.data["last_nps"] == 4
