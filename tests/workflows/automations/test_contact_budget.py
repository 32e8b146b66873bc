"""Mails that automations write to people outside keep to the contact budget; those to colleagues do not count."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from jobs.services import run_pending
from records.contact import services
from records.contact.sealing import sealed
from records.models import ContactEntry
from tests.cast import Cast, create
from tests.records.contact.budgeting import publish, rule
from tests.workflows.automations.making import action, automation
from workflows.models import AutomationRun, StepRun

pytestmark = pytest.mark.django_db
TEMPLATE = {
    "key": "hello",
    "type": "person",
    "labels": {"en": "Hello"},
    "subject": {"en": "Hello {{ family_name }}"},
    "body": {"en": "Welcome"},
}


def welcome(**more: Any) -> None:
    send = action("m", "send_mail", template="hello", to="email", **more)
    publish(rule("automatic", 1, 7, "automatic"), templates=[TEMPLATE],
            automations=[automation("welcome", send, type="person")])  # fmt: skip


def greet(name: str, email: str = "anna@example.com") -> str:
    """What the automation says it did."""
    create("person", family_name=name, email=email)
    run_pending()
    assert AutomationRun.objects.latest("pk").state == "done"
    return StepRun.objects.latest("pk").result


def test_over_the_budget_a_person_is_left_out_and_the_history_says_why(cast: Cast) -> None:
    welcome()
    assert greet("One") == "Sent to anna@example.com."
    said = greet("Two")
    assert said.startswith("Left out: Over the contact budget: Automatic. Free again on ")
    assert greet("Other", "other@example.com") == "Sent to other@example.com."
    assert [m.to[0] for m in mail.outbox] == ["anna@example.com", "other@example.com"]
    assert ContactEntry.objects.get(status="skipped").what == "automation:welcome"


def test_it_can_be_stopped_by_one_click(cast: Cast) -> None:
    welcome(purpose="news")
    greet("One")
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    services.unsubscribe(sealed("b@example.com"), purpose="news", how="page")
    assert greet("Two", "b@example.com") == "Left out: The person unsubscribed from it."


def test_transactional_mail_is_free_and_cannot_be_stopped(cast: Cast) -> None:
    welcome(transactional=True)
    services.unsubscribe(sealed("anna@example.com"), how="page")
    assert greet("One") == greet("Two") == "Sent to anna@example.com."
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert set(ContactEntry.objects.values_list("kind", flat=True)) == {"transactional"}


def test_colleagues_are_not_counted(cast: Cast) -> None:
    send = action("m", "send_mail", template="hello", users=["administrator"])
    publish(rule("automatic", 1, 7, "automatic"), templates=[TEMPLATE],
            automations=[automation("welcome", send, type="person")])  # fmt: skip
    for name in ("One", "Two"):
        assert greet(name) == "Sent to administrator@example.com."
    assert not ContactEntry.objects.exists()
