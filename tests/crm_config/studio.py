"""Helpers of the studio's tests: an administrator's browser, and what the working copy holds."""

from collections.abc import Iterable
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from crm_config import payload, publication, words
from crm_config.models import User


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, *args: Any, **query: str) -> str:
    address = reverse(f"studio:{name}", args=args)
    return address + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")


def raw_type(key: str, source: payload.Payload | None = None) -> dict[str, Any]:
    """A record type of the working copy (or another payload) as JSON."""
    types = (source or payload.dump())["record_types"]
    found: dict[str, Any] = next(raw for raw in types if raw["key"] == key)
    return found


def raw_field(record_type: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(f for f in raw_type(record_type)["fields"] if f["key"] == key)
    return found


def raw_role(key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in payload.dump()["roles"] if r["key"] == key)
    return found


def sentences() -> list[str]:
    """The change-set, in words."""

    groups = words.in_words(publication.changes(), publication.live_payload(), payload.dump())
    return [f"{group.name}: {change.sentence}" for group in groups for change in group.changes]


def messages_of(response: HttpResponse) -> list[str]:
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def formset(prefix: str, rows: Iterable[dict[str, Any]], *, initial: int = 0) -> dict[str, Any]:
    """What a browser posts for a formset."""
    listed = list(rows)
    posted: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(listed),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for place, row in enumerate(listed):
        posted.update({f"{prefix}-{place}-{name}": value for name, value in row.items()})
    return posted
