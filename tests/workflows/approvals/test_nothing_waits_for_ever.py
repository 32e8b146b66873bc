"""Absent, gone or silent approvers: somebody else decides, and it is kept who did."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from jobs.services import run_inline, run_pending
from records import delegations
from records.access import Access
from records.errors import Forbidden
from tests.cast import Cast
from tests.workflows.approvals.asking import ask, deal, say, second_manager, setting, winning
from tests.workflows.approvals.test_steps import BOSSES, people, step
from workflows.approvals.jobs import TEND
from workflows.approvals.selectors import waiting_for
from workflows.models import ApprovalRequest, ApprovalStep, ApprovalVote

State = ApprovalRequest.State


def tend() -> None:
    assert run_inline(kind=TEND, args={}).state == "done"


def test_who_stands_in_for_somebody_decides_for_them(cast: Cast) -> None:
    setting()
    now = timezone.now()
    delegations.give(
        of=cast.manager,
        to=cast.stranger,
        since=now - timedelta(hours=1),
        until=now + timedelta(days=1),
        by=cast.manager,
    )
    asked = ask(winning(deal(cast)), cast.owner)
    assert [r.pk for r in waiting_for(Access.of(cast.stranger))] == [asked.pk]
    assert say(asked, cast.stranger).state == State.APPROVED
    vote = ApprovalVote.objects.get()
    assert (vote.user, vote.by) == (cast.manager, cast.stranger)


def test_whoever_asked_does_not_decide_for_an_absent_person_either(cast: Cast) -> None:
    setting()
    now = timezone.now()
    delegations.give(
        of=cast.manager,
        to=cast.owner,
        since=now - timedelta(hours=1),
        until=now + timedelta(days=1),
        by=cast.manager,
    )
    asked = ask(winning(deal(cast)), cast.owner)
    assert waiting_for(Access.of(cast.owner)) == []
    with pytest.raises(Forbidden):
        say(asked, cast.owner)


def test_of_those_who_left_nobody_is_waited_for(cast: Cast) -> None:
    second = second_manager(cast)
    setting(steps=[step("a", BOSSES, needs="all")])
    asked = ask(winning(deal(cast)), cast.owner)
    say(asked, cast.manager)
    second.is_active = False
    second.save()
    tend()
    asked.refresh_from_db()
    assert asked.state == State.APPROVED


def test_where_all_left_it_goes_to_whom_it_escalates(cast: Cast) -> None:
    setting(steps=[step("a", BOSSES, escalate_to=[{"user": "teammate"}])])
    asked = ask(winning(deal(cast)), cast.owner)
    cast.manager.is_active = False
    cast.manager.save()
    tend()
    assert people(asked) == ["teammate"]
    assert say(asked, cast.teammate).state == State.APPROVED


def test_and_then_to_administrators(cast: Cast) -> None:
    setting()
    asked = ask(winning(deal(cast)), cast.owner)
    cast.manager.is_active = False
    cast.manager.save()
    tend()
    assert people(asked) == ["administrator"]


def test_where_nobody_is_left_it_fails_and_the_record_is_free(cast: Cast) -> None:
    setting()
    asked = ask(winning(deal(cast)), cast.owner)
    for user in (cast.manager, cast.administrator):
        user.is_active = False
        user.save()
    tend()
    asked.refresh_from_db()
    assert asked.state == State.FAILED and asked.reasons == ["Nobody is left who could decide."]


def test_who_comes_into_the_role_is_asked_too(cast: Cast) -> None:
    setting()
    asked = ask(winning(deal(cast)), cast.owner)
    second = second_manager(cast)
    tend()
    assert people(asked) == ["manager", "second"]
    assert say(asked, second).state == State.APPROVED


def test_after_the_deadline_somebody_else_is_asked_and_may_decide_alone(cast: Cast) -> None:
    second_manager(cast)
    escalating = step("a", BOSSES, needs="all", due_hours=2, escalate_to=[{"user": "teammate"}])
    setting(steps=[escalating])
    asked = ask(winning(deal(cast)), cast.owner)
    tend()
    assert people(asked) == ["manager", "second"]
    ApprovalStep.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    tend()
    tend()
    assert people(asked) == ["manager", "second", "teammate"]
    assert say(asked, cast.teammate).state == State.APPROVED


def test_those_asked_and_whoever_asked_get_mail_without_any_value(cast: Cast) -> None:
    setting()
    asked = ask(winning(deal(cast, amount="77 EUR")), cast.owner)
    run_pending()
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["manager@example.com"], "Please decide: The boss agrees")
    ]
    assert f"/admin/approvals/{asked.pk}/" in mail.outbox[0].body
    assert "77" not in mail.outbox[0].body
    say(asked, cast.manager)
    run_pending()
    assert mail.outbox[1].to == ["owner@example.com"]
    assert "Approved" in mail.outbox[1].body
