"""Tasks and calls over the small company."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests import company as small
from tests.cast import create
from tests.company import field, option

TYPES = ("task", "call")


def activity(key: str, *fields: dict[str, Any]) -> dict[str, Any]:
    about = {"targets": ["organisation"], "multiple": True, "reverse_key": f"{key}s"}
    return small.record_type(
        key,
        field("subject", required=True, searchable=True),
        field("about", "link", options=about),
        field("starts", "datetime", filterable=True, sortable=True),
        field("due", "datetime", filterable=True, sortable=True),
        field("done", "boolean", filterable=True),
        field("time_spent", "duration"),
        field("reminder", "datetime"),
        *fields,
        traits=["activity"],
        title_template="{subject}",
    )


def publish() -> None:
    small.publish(company=with_activities(small.small_company()))


def with_activities(company: dict[str, Any]) -> dict[str, Any]:
    """The company with tasks and calls, for everybody who has any rights."""
    for role in company["roles"]:
        scope = role["grants"][0]["scope"]
        actions = {grant["action"] for grant in role["grants"]}
        role["grants"] += [
            {"type": key, "action": action, "scope": scope} for key in TYPES for action in actions
        ]
    outcome = field("outcome", "choice", choices=[option("reached"), option("missed")])
    participants = {
        "targets": ["organisation", "person"],
        "multiple": True,
        "reverse_key": "calls_with",
    }
    call = activity("call", outcome, field("participants", "link", options=participants))
    task_participants = {**participants, "reverse_key": "tasks_with"}
    task = activity("task", field("participants", "link", options=task_participants))
    return {**company, "record_types": [*company["record_types"], task, call]}


def task(user: Any, days: float = 0, kind: str = "task", **values: Any) -> int:
    """One that is due so many days from now."""
    due = timezone.now() + timedelta(days=days)
    return create(kind, user, **{"subject": "Something", "due": due.isoformat(), **values})
