"""Automations ask people, and are set off by their answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from crm_config.problems import ConfigurationInvalid
from jobs.services import run_pending
from records import services as gate
from records.gate import Change
from records.occasions import Occasion, tell
from surveys.models import Invitation
from tests.cast import Cast, create
from tests.surveys.sending.world import person, publish, survey, system
from tests.workflows.automations.making import action, automation
from workflows.automations import services as automations
from workflows.models import AutomationRun, Notification, StepRun

pytestmark = pytest.mark.django_db
CSAT = survey("csat", "ticket", recipient="contact", once="record")


def asking(*before: Any, **more: Any) -> dict[str, Any]:
    said = {"trigger": {"kind": "changed", "fields": ["subject"]}, **more}
    steps = [*before, action("ask", "send_survey", survey="csat")]
    return automation("ask_after", *steps, type="ticket", **said)


def solve(pk: int, subject: str) -> None:
    change = Change("change", id=pk, values={"subject": subject})
    gate.execute_or_raise([change], access=system(), channel="system")
    run_pending()


def test_a_solved_request_asks_its_person_once(cast: Cast) -> None:
    publish(CSAT, automations=[asking()], contact_budget=[])
    pk = create("ticket", subject="Broken", contact=[person("Anna")])
    solve(pk, "Solved")
    assert StepRun.objects.get().result == "Ask by the survey “CSAT”."
    assert [m.to for m in mail.outbox] == [["anna@example.com"]]
    solve(pk, "Solved again")
    assert "asked already" in StepRun.objects.latest("pk").result
    assert len(mail.outbox) == 1 and set(AutomationRun.objects.values_list("state", flat=True)) == {
        "done"
    }


def test_some_days_after_is_the_automations_own_wait(cast: Cast) -> None:
    publish(CSAT, automations=[asking(action("wait", "wait", days=2))])
    pk = create("ticket", subject="Broken", contact=[person("Anna")])
    solve(pk, "Solved")
    assert not mail.outbox and AutomationRun.objects.get().state == "waiting"
    AutomationRun.objects.update(
        wake_at=timezone.now(),
        context={"wait:since": (timezone.now() - timedelta(days=3)).isoformat()},
    )
    automations.wake()
    run_pending()
    assert len(mail.outbox) == 1


def test_never_for_what_closed_itself_where_the_condition_says_so(cast: Cast) -> None:
    by_hand = {"not": {"field": "closed_by_itself", "op": "is_true"}}
    publish(CSAT, automations=[asking(condition=by_hand)])
    anna = person("Anna")
    solve(create("ticket", subject="A", contact=[anna], closed_by_itself=True), "Solved")
    assert not Invitation.objects.exists()
    solve(create("ticket", subject="B", contact=[anna]), "Solved")
    assert Invitation.objects.get().status == "sent"


def test_who_is_over_the_budget_is_left_out_and_the_automation_goes_on(cast: Cast) -> None:
    publish(CSAT, automations=[asking()])
    anna = person("Anna")
    for name in ("A", "B"):
        solve(create("ticket", subject=name, contact=[anna]), "Solved")
    assert "Over the contact budget: Surveys." in StepRun.objects.latest("pk").result
    assert AutomationRun.objects.latest("pk").state == "done" and len(mail.outbox) == 1


@pytest.mark.parametrize(("said", "runs"), [({}, 2), ({"survey": "csat"}, 1)])
def test_an_answer_sets_off_automations(cast: Cast, said: dict[str, str], runs: int) -> None:
    told = automation("tell", action("n", "notify", text="Answered", users=["manager"]),
                      type="ticket", trigger={"kind": "survey_answered", **said})  # fmt: skip
    publish(CSAT, survey("other", "ticket"), automations=[told])
    pk = create("ticket", subject="Broken")
    for n, key in enumerate(("csat", "other", "csat")):
        tell(Occasion("survey_answered", [pk], key=f"survey:{n % 2}", detail={"survey": key}))
    run_pending()
    assert Notification.objects.filter(user=cast.manager).count() == runs


def test_a_survey_that_is_not_there_is_not_published(cast: Cast) -> None:
    with pytest.raises(ConfigurationInvalid, match="no survey “gone”"):
        publish(
            automations=[automation("x", action("a", "send_survey", survey="gone"), type="person")]
        )
