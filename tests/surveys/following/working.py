"""Follow-ups whose work ends: tasks that are ticked off, and requests that go through stages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.models import Record
from surveys.models import FollowUp
from tests import company as small
from tests.cast import Cast
from tests.surveys.following.following import answer, company, rule, somebody
from workflows.todo.day import Day, day
from workflows.todo.items import Item

ABOUT = {"targets": ["person"], "on_delete": "clear"}
MAKING: dict[str, Any] = {
    "type": "task",
    "link": "about",
    "set": {"subject": "Call {person.title}", "due": {"today": 0}},
}
ASKING: dict[str, Any] = {"type": "request", "link": "about", "set": {"subject": "Unhappy"}}
STAGES = [
    {"key": "fresh", "labels": {"en": "Fresh"}, "start": True},
    {"key": "solved", "labels": {"en": "Solved"}, "meaning": "done"},
    {"key": "refused", "labels": {"en": "Refused"}, "meaning": "lost"},
]


def task() -> dict[str, Any]:
    return small.record_type(
        "task",
        small.field("subject", required=True),
        small.field("about", "link", options={**ABOUT, "reverse_key": "tasks"}),
        small.field("due", "datetime", filterable=True, sortable=True),
        small.field("done", "boolean", filterable=True),
        small.field("outcome", "long_text"),
        small.field(
            "participants",
            "link",
            options={"targets": ["person"], "multiple": True, "reverse_key": "tasks_with"},
        ),
        traits=["activity"],
        title_template="{subject}",
    )


def request() -> dict[str, Any]:
    return small.record_type(
        "request",
        small.field("subject", required=True),
        small.field("about", "link", options={**ABOUT, "reverse_key": "requests"}),
        title_template="{subject}",
    )


def publish(*rules: dict[str, Any], **more: Any) -> None:
    raw = company(*(rules or (rule(make=MAKING),)))
    kept = [each for each in raw["record_types"] if each["key"] != "task"]
    raw["record_types"] = [*kept, task(), request()]
    raw["pipelines"] = [
        {"key": "requests", "labels": {"en": "Requests"}, "type": "request", "stages": STAGES}
    ]
    for role in raw["roles"]:
        if role["key"] in ("administrator", "manager", "sales"):
            scope = role["grants"][0]["scope"]
            for action in (*small.ALL, "transition"):
                role["grants"].append({"type": "request", "action": action, "scope": scope})
    small.publish(company={**raw, **more})


def asked(cast: Cast, *rules: dict[str, Any], **more: Any) -> FollowUp:
    publish(*rules, **more)
    answer(somebody(cast))
    return FollowUp.objects.get()


def work_of(row: FollowUp) -> Record:
    return Record.unscoped.get(pk=row.made_id)


def write(user: Any, row: FollowUp, **values: Any) -> Outcome:
    return act("change", user, row, **values)


def act(action: Any, user: Any, row: FollowUp, **values: Any) -> Outcome:
    access = Access.of(user) if user else Access.system()
    change = Change(action, id=row.made_id, values=values)
    return services.execute_one(change, access=access, channel="screen")


def today(user: Any, **more: Any) -> list[Item]:
    found: Day = day(Access.of(user), **more)
    return [*found.overdue, *found.today, *found.waiting]


def late(row: FollowUp) -> None:
    FollowUp.objects.filter(pk=row.pk).update(due_at=timezone.now())


def again(row: FollowUp) -> FollowUp:
    row.refresh_from_db()
    return row


def whats(row: FollowUp) -> list[str]:
    return list(row.steps.values_list("what", flat=True))
