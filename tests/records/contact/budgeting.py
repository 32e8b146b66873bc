"""The small company with a contact budget, and people who are written to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from crm_config.live import live
from records.contact import services
from records.contact.answers import Answer
from records.contact.asking import Addressee, Message, ask
from records.models import Record
from tests import company as small
from tests.company import field, option, record_type

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PEOPLE = {
    "key": "person",
    "email": "email",
    "consent": "agrees",
    "option": "email",
    "refuses": "no_mail",
}


def person_type() -> dict[str, Any]:
    return record_type(
        "person",
        field("family_name", required=True, searchable=True),
        field("email", "email"),
        field("agrees", "multi_choice", choices=[option("email"), option("phone")]),
        field("no_mail", "boolean"),
        title_template="{family_name}",
        columns=["title", "email"],
    )


def rule(key: str, most: int, days: int, *kinds: str, **more: Any) -> dict[str, Any]:
    labels = {"en": key.replace("_", " ").capitalize()}
    return {"key": key, "labels": labels, "most": most, "days": days, "kinds": list(kinds), **more}


def publish(*rules: dict[str, Any], **sections: Any) -> None:
    company = {
        **small.small_company(),
        "contact_people": [PEOPLE],
        "contact_budget": list(rules),
        **sections,
    }
    small.publish(person_type(), company=company)


def message(kind: str = "survey", what: str = "survey:nps", **more: Any) -> Message:
    return Message(kind, what, **more)


def of(pk: int) -> Addressee:
    return Addressee(pk, Record.unscoped.get(pk=pk).data.get("email", ""))


def asked(pk: int, *, after: timedelta = timedelta(), **more: Any) -> Answer:
    [answer] = ask(message(**more), [of(pk)], snapshot=live(), now=NOW + after)
    return answer


def claimed(pk: int, key: str, *, after: timedelta = timedelta(), **more: Any) -> Answer:
    own = {n: more.pop(n) for n in ("access", "override") if n in more}
    return services.claim(message(**more), of(pk), key=key, now=NOW + after, **own)
