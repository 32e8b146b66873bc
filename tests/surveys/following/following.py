"""A survey of the test company with rules, and people who answer it."""

from __future__ import annotations

from typing import Any

from jobs.services import run_pending
from records.access import Access
from records.models import Record
from records.selectors import RecordView, get
from surveys.models import FollowUp, Response
from tests import company as small
from tests.cast import Cast, create
from tests.crm_config.segments import segment
from tests.surveys.surveying import Respondent, invite, question, survey

LOW = {"field": "nps", "op": "lte", "value": 6}
ALWAYS: dict[str, Any] = {"all": []}
ITEMS = (question("nps", "nps", required=True), question("why", "long_text"))


def rule(key: str = "unhappy", **more: Any) -> dict[str, Any]:
    """A task for the owner of the person."""
    said = {
        "key": key,
        "labels": {"en": key.capitalize()},
        "when": LOW,
        "days": 2,
        "to": {"of": "owner"},
        "make": {
            "type": "task",
            "link": "about",
            "set": {"subject": "Call {person.title}: {answer.nps}"},
        },
        **more,
    }
    return {name: value for name, value in said.items() if value != {}}


def keeping(key: str = "keep", **more: Any) -> dict[str, Any]:
    """Values of the person, and nobody is asked."""
    values = {"last_nps": {"answer": "nps"}, "asked_on": {"today": 0}, "trend": {"trend": "nps"}}
    return {"key": key, "when": ALWAYS, "set": values, **more}


def task() -> dict[str, Any]:
    return small.record_type(
        "task",
        small.field("subject", required=True),
        small.field("amount", "integer"),
        small.field(
            "about",
            "link",
            options={"targets": ["person"], "reverse_key": "tasks", "on_delete": "clear"},
        ),
        title_template="{subject}",
    )


def person(*, without: str = "") -> dict[str, Any]:
    found = small.person()
    more = [
        small.field("last_nps", "integer"),
        small.field("asked_on", "date"),
        small.field(
            "trend", "choice", choices=[small.option(key) for key in ("up", "same", "down")]
        ),
    ]
    found["fields"] += [each for each in more if each["key"] != without]
    return found


def company(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    raw = small.small_company()
    types = [each for each in raw["record_types"] if each["key"] != "person"]
    raw["record_types"] = [*types, person(), task()]
    for role in raw["roles"]:
        if role["key"] in ("administrator", "manager", "sales"):
            scope = role["grants"][0]["scope"]
            role["grants"] += [{"type": "task", "action": a, "scope": scope} for a in small.ALL]
    follow_ups = list(rules or (rule(),))
    raw["surveys"] = [survey("pulse", *ITEMS, follow_ups=follow_ups, **more)]
    raw["segments"] = [segment("unhappy", kind="static", of="person")]
    return raw


def publish(*rules: dict[str, Any], **more: Any) -> None:
    small.publish(company=company(*rules, **more))


def somebody(cast: Cast, **more: Any) -> int:
    """A person of the owner's, in team North."""
    values = {"given_name": "Ana", "family_name": "Popa", "owner": cast.owner.pk, **more}
    return create("person", **{"team": cast.north.pk, **values})


def answer(pk: int, nps: int = 3, why: str = "Slow") -> Response:
    """On the page, and followed by the worker."""
    asked = invite("pulse", pk)
    who = Respondent(asked.token)
    who.open()
    who.send(nps=str(nps), why=why)
    run_pending()
    return Response.objects.get(invitation=asked)


def followed(cast: Cast, **more: Any) -> FollowUp:
    publish(rule(**more))
    answer(somebody(cast))
    return FollowUp.objects.get()


def tasks() -> list[Record]:
    return list(Record.unscoped.filter(type="task").order_by("pk"))


def seen(pk: int) -> RecordView:
    return get(pk, access=Access.system())
