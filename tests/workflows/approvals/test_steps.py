"""Steps in order or side by side, one, all or so many of those asked, and whom they ask."""

from typing import Any

import pytest

from tests import company as small
from tests.cast import Cast, create
from tests.company import deal as deal_type
from tests.company import field
from tests.workflows.approvals.asking import ask, deal, say, second_manager, setting, winning
from tests.workflows.procedures.rules import procedure, process, publish
from workflows.models import ApprovalRequest, ApprovalStep, ApprovalVote

State = ApprovalRequest.State


def step(key: str, *approvers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": key, "approvers": list(approvers), **more}


BOSSES, OWNER_TEAM = {"role": "manager"}, {"team_lead_of": "owner"}


def people(asked: ApprovalRequest) -> list[str]:
    rows = ApprovalVote.objects.filter(step__request=asked).order_by("step", "user__username")
    return [vote.user.username for vote in rows]


def test_all_of_them(cast: Cast) -> None:
    second = second_manager(cast)
    setting(steps=[step("a", BOSSES, needs="all")])
    asked = ask(winning(deal(cast)), cast.owner)
    assert say(asked, cast.manager).state == State.WAITING
    assert say(asked, second).state == State.APPROVED


def test_a_no_ends_what_needs_all(cast: Cast) -> None:
    second_manager(cast)
    setting(steps=[step("a", BOSSES, needs="all")])
    assert say(ask(winning(deal(cast)), cast.owner), cast.manager, "no").state == State.REFUSED


def test_one_of_them(cast: Cast) -> None:
    second = second_manager(cast)
    setting(steps=[step("a", BOSSES)])
    asked = ask(winning(deal(cast)), cast.owner)
    assert say(asked, cast.manager, "no").state == State.WAITING
    assert say(asked, second).state == State.APPROVED


def test_so_many_of_them(cast: Cast) -> None:
    second, third = second_manager(cast), second_manager(cast, "third")
    setting(steps=[step("a", BOSSES, needs="n", n=2)])
    asked = ask(winning(deal(cast)), cast.owner)
    assert say(asked, cast.manager, "no").state == State.WAITING
    assert say(asked, second).state == State.WAITING
    assert say(asked, third).state == State.APPROVED


def test_one_after_the_other(cast: Cast) -> None:
    setting(steps=[step("a", {"user": "teammate"}), step("b", BOSSES)])
    asked = ask(winning(deal(cast)), cast.owner)
    assert people(asked) == ["teammate"]
    assert say(asked, cast.teammate).state == State.WAITING
    assert people(asked) == ["teammate", "manager"]
    assert say(asked, cast.manager).state == State.APPROVED


def test_side_by_side(cast: Cast) -> None:
    setting(order="parallel", steps=[step("a", {"user": "teammate"}), step("b", BOSSES)])
    asked = ask(winning(deal(cast)), cast.owner)
    assert people(asked) == ["teammate", "manager"]
    assert say(asked, cast.manager).state == State.WAITING
    assert say(asked, cast.teammate).state == State.APPROVED


def test_the_lead_of_the_owners_team_or_of_the_one_above(cast: Cast) -> None:
    setting(steps=[step("a", OWNER_TEAM)])
    assert people(ask(winning(deal(cast)), cast.owner)) == ["manager"]


def test_whom_a_field_names(cast: Cast) -> None:
    type_ = deal_type()
    type_["fields"].append(field("sponsor", "user"))
    company = small.small_company()
    company["procedures"] = [procedure(mode="approve", approval="boss")]
    company["approvals"] = [process(steps=[step("a", {"field": "sponsor"})])]
    small.publish(type_, company=company)
    asked = ask(winning(deal(cast, sponsor=cast.stranger.pk)), cast.owner)
    assert people(asked) == ["stranger"]


def test_where_nobody_is_found_administrators_decide(cast: Cast) -> None:
    setting(steps=[step("a", {"user": "nobody_of_that_name"})])
    asked = ask(winning(deal(cast)), cast.owner)
    assert people(asked) == ["administrator"]
    assert say(asked, cast.administrator).state == State.APPROVED


def test_two_rules_ask_both_their_processes(cast: Cast) -> None:
    publish(
        procedure(mode="approve", approval="boss"),
        procedure("second", mode="approve", approval="mate"),
        approvals=[process(), process("mate", steps=[step("a", {"user": "teammate"})])],
    )
    asked = ask(winning(deal(cast)), cast.owner)
    assert asked.rules == ["procedures:dated", "procedures:second"]
    say(asked, cast.manager)
    assert say(asked, cast.teammate).state == State.APPROVED
    assert set(asked.steps.values_list("state", flat=True)) == {ApprovalStep.State.PASSED}


@pytest.mark.parametrize("own", [True, False])
def test_a_process_without_a_rule_may_be_asked_by_name(cast: Cast, own: bool) -> None:
    publish(approvals=[process()])
    pk = create("deal", cast.owner, name="D")
    asked = ask(winning(pk), cast.owner, process="boss" if own else ["boss"])
    assert say(asked, cast.manager).state == State.APPROVED
