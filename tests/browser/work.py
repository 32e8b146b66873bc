"""A company at work: deals in stages, things to do, approvals, automations, deadlines; and the screens of all that."""

from typing import Any

from django.urls import reverse

from records import services
from records.access import Access
from records.gate import Change
from tests import company as small
from tests.cast import Cast, create
from tests.workflows.automations.making import action, automation
from tests.workflows.pipelines import world as pipelines
from tests.workflows.todo import world as todo
from workflows.approvals.services import request

APPROVAL = {
    "key": "big",
    "type": "deal",
    "labels": {"en": "Big deals"},
    "steps": [
        {"key": "boss", "labels": {"en": "Boss"}, "approvers": [{"role": "administrator"}], "needs": "any"}
    ],
}  # fmt: skip
PROCEDURE = {
    "key": "big_deal",
    "type": "deal",
    "labels": {"en": "Big deals"},
    "moments": ["change"],
    "must": {"not": {"field": "amount", "op": "gt", "value": "1000 EUR"}},
    "message": {"en": "That takes the boss."},
    "mode": "approve",
    "approval": "big",
}
OFFICE = {"key": "office", "labels": {"en": "Office"}, "hours": {"mon": [["09:00", "17:00"]]}}
LEVEL = {
    "key": "usual",
    "type": "deal",
    "labels": {"en": "Usual"},
    "calendar": "office",
    "targets": [
        {
            "key": "answer",
            "labels": {"en": "Answer"},
            "minutes": 60,
            "met": {"field": "won", "op": "is_true"},
        }
    ],
}


STAGES = [
    {**stage, "checklist": [{"key": "sent", "labels": {"en": "Sent by post too"}}]}
    if stage["key"] == "offer"
    else stage
    for stage in pipelines.STAGES
]
TEMPLATE = {
    "key": "thanks",
    "type": "deal",
    "labels": {"en": "Thanks"},
    "subject": {"en": "About {{ name }}"},
    "body": {"en": "Thank you for {{ name }}."},
}


def publish() -> None:
    company = todo.with_activities(pipelines.company(pipelines.pipeline(stages=STAGES)))
    small.publish(
        company={
            **company,
            "approvals": [APPROVAL],
            "procedures": [PROCEDURE],
            "automations": [
                automation("tell", action("t", "notify", text="New", owner=True)),
                automation(
                    "press",
                    action("t", "notify", text="Pressed", owner=True),
                    trigger={"kind": "button"},
                ),
            ],
            "templates": [TEMPLATE],
            "calendars": [OFFICE],
            "service_levels": [LEVEL],
        }
    )


def fill(cast: Cast) -> dict[str, int]:
    me: Any = cast.administrator
    deal = create("deal", me, name="Harbour lights", amount="500 EUR")
    assert services.execute_one(
        Change("change", id=deal, values={"stage": "offer"}), access=Access.of(me), channel="screen"
    ).ok
    task = todo.task(me, -1, subject="Write to the harbour master")
    todo.task(me, 0, kind="call", subject="Call the harbour")
    todo.task(me, 2, subject="Send the papers")
    held = create("deal", cast.owner, name="Whole harbour", amount="500 EUR")
    asked = request(
        Change("change", id=held, values={"amount": "5000 EUR"}),
        access=Access.of(cast.owner),
        comment="They take all of it.",
    )
    return {"deal": deal, "task": task, "held": held, "asked": asked.pk}


def screens(ids: dict[str, int]) -> dict[str, str]:
    return {
        "home with a day": reverse("wagtailadmin_home"),
        "to do": reverse("todo:index"),
        "week": reverse("todo:calendar"),
        "month": f"{reverse('todo:calendar')}?view=month",
        "calendar feed": reverse("todo:feed"),
        "done": reverse("todo:done", args=[ids["task"]]),
        "repeat": reverse("todo:repeat", args=[ids["task"]]),
        "remind me": reverse("todo:remind", args=[ids["task"]]),
        "another day": reverse("todo:reschedule", args=[ids["task"]]),
        "reminders and mails": reverse("todo:settings"),
        "a task": reverse("records:record", args=[ids["task"]]),
        "why a move": f"{reverse('records:explain', args=[ids['deal']])}?action=transition",
        "board": reverse("pipelines:board", args=["deal"]),
        "record in a stage": reverse("records:record", args=[ids["deal"]]),
        "move": f"{reverse('pipelines:move', args=[ids['deal']])}?stage=lost",
        "record that is held": reverse("records:record", args=[ids["held"]]),
        "approvals": reverse("approvals:list"),
        "what is asked": reverse("approvals:request", args=[ids["asked"]]),
        "automations of a record": reverse("automations:record", args=[ids["deal"]]),
        "notices": reverse("automations:notifications"),
        "deadlines met": reverse("deadlines:report"),
        "pipelines of a type": f"{reverse('studio:type', args=['deal'])}#tab-pipelines",
        "pipeline": reverse("pipelines_studio:pipeline", args=["deals"]),
        "stage": reverse("pipelines_studio:stage", args=["deals", "offer"]),
        "move of a pipeline": reverse("pipelines_studio:transition", args=["deals", "winning"]),
        "automation": reverse("automation_studio:edit", args=["tell"]),
        "automations": reverse("automation_studio:all"),
        "mail templates": reverse("template_studio:all"),
        "mail template": reverse("template_studio:edit", args=["thanks"]),
        "mail on a record": reverse("template_studio:preview", args=["thanks"]),
        "business calendar": reverse("deadline_studio:calendar", args=["office"]),
        "service level": reverse("deadline_studio:level", args=["usual"]),
    }
