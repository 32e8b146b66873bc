"""Who has not answered is reminded, as often as the survey says, until it expires."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from records.contact.sealing import sealed
from records.contact.services import unsubscribe
from records.models import ContactEntry
from surveys.models import Invitation
from surveys.sending import services
from surveys.sending.services import invite
from tests.cast import Cast
from tests.records.contact.budgeting import rule
from tests.surveys.sending.world import Mailbox, mail_server, named, person, publish, survey, system

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def box(settings: Any) -> Any:
    with mail_server(settings) as found:
        yield found


@pytest.fixture
def anna(cast: Cast, box: Mailbox) -> int:
    publish(survey(reminders=[3, 7], expires_days=30))
    pk = person("Anna")
    invite(named(), [pk], access=system())
    services.send_due()
    return pk


def later(days: int) -> int:
    """How many reminders go out when so many days have passed since the last look."""
    for name in ("sent_at", "due_at", "expires_at"):
        for row in Invitation.objects.exclude(**{name: None}):
            moved = {name: getattr(row, name) - days * DAY}
            Invitation.objects.filter(pk=row.pk).update(**moved)
    return services.remind_due()


def test_twice_and_then_no_more(anna: int, box: Mailbox) -> None:
    assert [later(2), later(1), later(3), later(1), later(10)] == [0, 1, 0, 1, 0]
    assert len(box.to) == 3
    assert box.mails[1]["Subject"].startswith("Reminder: ")
    assert len({mail["Message-ID"] for mail in box.mails}) == 3
    row = Invitation.objects.get()
    assert (row.reminders, row.due_at, row.status) == (2, None, "sent") and row.reminded_at


@pytest.mark.parametrize("status", ["completed", "bounced", "cancelled"])
def test_not_whoever_answered_or_cannot_be_reached(anna: int, status: str) -> None:
    Invitation.objects.update(status=status)
    assert later(10) == 0


def test_not_after_it_expired(anna: int) -> None:
    assert later(31) == 0


def test_not_whoever_said_no(anna: int) -> None:
    unsubscribe(sealed("anna@example.com"), purpose="surveys", how="page", record_id=anna)
    assert later(3) == 0 and Invitation.objects.get().due_at is None
    assert Invitation.objects.get().status == "sent", "the link they have stays good"


def test_the_budget_puts_a_reminder_off(cast: Cast, box: Mailbox) -> None:
    publish(survey(reminders=[3]), survey("csat"),
            contact_budget=[rule("all", 1, 5, "survey", "automatic")])  # fmt: skip
    pk = person("Anna")
    invite(named(), [pk], access=system())
    services.send_due()
    ContactEntry.objects.update(at=timezone.now() - 6 * DAY)
    invite(named("csat"), [pk], access=system())
    services.send_due()
    Invitation.objects.filter(survey="nps").update(due_at=timezone.now())
    assert services.remind_due() == 0
    due_at = Invitation.objects.get(survey="nps").due_at
    assert due_at is not None and timedelta(days=4) < due_at - timezone.now() < timedelta(days=6)


def test_a_server_that_is_down_loses_no_reminder(anna: int, box: Mailbox) -> None:
    box.stop()
    assert later(3) == 0
    assert Invitation.objects.get().reminders == 0
    box.start()
    assert services.remind_due() == 1
