"""An automation asks for approval: what it wants is done once others agree."""

from typing import Any

import pytest

from crm_config.live import live
from crm_config.problems import ConfigurationInvalid
from jobs.services import run_pending
from records.access import Access
from records.models import Record
from tests.cast import Cast, create
from tests.workflows.approvals.asking import say
from tests.workflows.automations.making import action, automation, set_to
from tests.workflows.procedures.rules import process
from workflows.automations.definitions import automations_of
from workflows.automations.services import try_out
from workflows.models import ApprovalRequest, AutomationRun

ASK = action("ask", "start_approval", process="boss", values=set_to(won=True), comment="Big one.")


def test_the_record_is_held_and_then_changed(published: Any, cast: Cast) -> None:
    published(automation("big", ASK), approvals=[process()])
    pk = create("deal", cast.owner, name="Roof")
    run_pending()
    asked = ApprovalRequest.objects.get()
    assert (asked.record_id, asked.comment, asked.state) == (pk, "Big one.", "waiting")
    assert AutomationRun.objects.get().state == "done"
    assert say(asked, cast.manager).state == "approved"
    assert Record.unscoped.get(pk=pk).data["won"] is True


def test_a_record_that_is_held_already_pauses_it(published: Any, cast: Cast) -> None:
    again = {**ASK, "key": "again"}
    published(automation("big", ASK, again), approvals=[process()])
    create("deal", cast.owner, name="Roof")
    run_pending()
    run = AutomationRun.objects.get()
    assert run.state == "paused" and "held" in run.reason
    assert ApprovalRequest.objects.count() == 1


def test_trying_says_whom_it_would_ask_and_asks_nobody(published: Any, cast: Cast) -> None:
    published(automation("big", ASK, enabled=False), approvals=[process()])
    pk = create("deal", cast.owner, name="Roof")
    access = Access.of(cast.administrator)
    [planned] = try_out(automations_of(live())["big"], pk, access=access)
    assert planned.words == "Ask for approval: The boss agrees." and not planned.hindered
    assert not ApprovalRequest.objects.exists()


def test_a_process_of_another_type_is_not_published(published: Any, cast: Cast) -> None:
    with pytest.raises(ConfigurationInvalid, match="There is no such approval process"):
        published(automation("big", ASK), approvals=[process(type="person")])
