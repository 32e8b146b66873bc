"""What is asked for is held until others decide, and then done as it was asked for, or not at all."""

from typing import Any

import pytest

from records import services as records
from records.access import Access
from records.errors import Forbidden, Refused
from records.gate import Change
from records.models import Event, Record
from tests.cast import Cast, create
from tests.workflows.approvals.asking import ask, deal, say, second_manager, setting, winning
from tests.workflows.procedures.rules import procedure, process, publish
from workflows.approvals import services
from workflows.approvals.errors import Closed
from workflows.approvals.selectors import waiting_for
from workflows.models import ApprovalRequest, ApprovalVote

State = ApprovalRequest.State


def won(pk: int) -> bool:
    return bool(Record.unscoped.get(pk=pk).data.get("won"))


def test_on_the_last_yes_it_is_done_as_whoever_asked(cast: Cast) -> None:
    setting()
    pk = deal(cast)
    asked = ask(winning(pk), cast.owner)
    assert (asked.state, asked.rules, won(pk)) == (State.WAITING, ["procedures:dated"], False)
    done = say(asked, cast.manager, comment="Well done.")
    assert done.state == State.APPROVED and won(pk)
    event = Event.objects.filter(record_id=pk).latest("id")
    assert event.actor == cast.owner and event.reason == "Approved by Manager."
    vote = ApprovalVote.objects.get()
    assert (vote.user, vote.by, vote.verdict, vote.comment) == (
        cast.manager,
        cast.manager,
        "yes",
        "Well done.",
    )


def test_on_a_no_nothing_is_done_and_the_record_is_free(cast: Cast) -> None:
    setting()
    pk = deal(cast)
    assert say(ask(winning(pk), cast.owner), cast.manager, "no").state == State.REFUSED
    assert not won(pk)
    assert changed(cast, pk).ok


def test_meanwhile_the_record_is_held(cast: Cast) -> None:
    setting()
    pk = deal(cast)
    asked = ask(winning(pk), cast.owner)
    for action in ("change", "archive", "delete"):
        outcome = changed(cast, pk, action)
        assert [r.code for r in outcome.refusals] == ["held"]
        assert "Manager" in str(outcome.refusals[0].message)
    assert records.recompute([pk], snapshot=Access.of(cast.owner).snapshot).ok
    with pytest.raises(Refused):
        ask(winning(pk), cast.owner)
    services.withdraw(asked, access=Access.of(cast.owner))
    assert changed(cast, pk).ok


def changed(cast: Cast, pk: int, action: Any = "change") -> Any:
    values = {"name": "E"} if action == "change" else {}
    access = Access.of(cast.administrator)
    return records.execute_one(Change(action, id=pk, values=values), access=access, channel="api")


def test_a_new_record_is_made_once_it_is_approved(cast: Cast) -> None:
    setting()
    change = Change("create", type="deal", values={"name": "New", "won": True, "amount": "10 EUR"})
    asked = ask(change, cast.owner)
    assert asked.record is None and not Record.unscoped.exists()
    done = say(asked, cast.manager)
    record = Record.unscoped.get()
    assert (done.state, done.record_id) == (State.APPROVED, record.pk)
    assert (record.title, record.owner, record.data["won"]) == ("New", cast.owner, True)
    assert record.data["amount"] == 1000


def test_what_else_stands_in_the_way_is_told_when_asking(cast: Cast) -> None:
    setting()
    with pytest.raises(Refused) as refused:
        ask(Change("create", type="deal", values={"won": True}), cast.owner)
    assert [r.code for r in refused.value.outcomes[0].refusals] == ["required"]
    with pytest.raises(Forbidden):
        ask(Change("create", type="deal", values={"name": "D"}), cast.owner)


def test_what_has_come_into_the_way_meanwhile_makes_it_fail(cast: Cast) -> None:
    setting()
    pk = deal(cast)
    asked = ask(winning(pk), cast.owner)
    publish(
        procedure(mode="approve", approval="boss"),
        procedure("never", when=None, must={"field": "won", "op": "is_false"}),
        approvals=[process()],
    )
    done = say(asked, cast.manager)
    assert (done.state, done.reasons) == (State.FAILED, ["Say when it was won."])
    assert not won(pk)


def test_whoever_asked_does_not_decide(cast: Cast) -> None:
    setting()
    second = second_manager(cast)
    asked = ask(winning(deal(cast)), cast.owner)
    assert [r.pk for r in waiting_for(Access.of(cast.manager))] == [asked.pk]
    assert [r.pk for r in waiting_for(Access.of(second))] == [asked.pk]
    own = create("deal", cast.manager, name="Own")
    mine = ask(winning(own), cast.manager)
    assert mine.pk not in [r.pk for r in waiting_for(Access.of(cast.manager))]
    with pytest.raises(Forbidden):
        say(mine, cast.manager)
    assert say(mine, second).state == State.APPROVED


def test_where_the_process_lets_them_they_may(cast: Cast) -> None:
    setting(different_from_requester=False)
    own = create("deal", cast.manager, name="Own")
    assert say(ask(winning(own), cast.manager), cast.manager).state == State.APPROVED


@pytest.mark.parametrize("name", ["outsider", "stranger", "teammate", "owner", "administrator"])
def test_who_is_not_asked_decides_nothing(cast: Cast, name: str) -> None:
    setting()
    asked = ask(winning(deal(cast)), cast.owner)
    user = cast.everyone()[name]
    assert waiting_for(Access.of(user)) == []
    with pytest.raises(Forbidden):
        say(asked, user)
    asked.refresh_from_db()
    assert asked.state == State.WAITING


def test_what_is_over_stays_over(cast: Cast) -> None:
    setting()
    asked = ask(winning(deal(cast)), cast.owner)
    say(asked, cast.manager)
    with pytest.raises(Closed):
        say(asked, cast.manager, "no")
    with pytest.raises(Closed):
        services.withdraw(asked, access=Access.of(cast.owner))


def test_only_whoever_asked_or_an_administrator_takes_it_back(cast: Cast) -> None:
    setting()
    asked = ask(winning(deal(cast)), cast.owner)
    with pytest.raises(Forbidden):
        services.withdraw(asked, access=Access.of(cast.stranger))
    assert services.withdraw(asked, access=Access.of(cast.administrator)).state == State.WITHDRAWN
