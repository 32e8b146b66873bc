"""What a mail service tells: delivered, bounced, called spam; opened only where that is wanted."""

from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent, tracking
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from records.models import ContactEntry, Unsubscription
from surveys.models import Invitation
from surveys.sending import services
from surveys.sending.services import invite
from tests.cast import Cast
from tests.surveys.sending.world import named, person, publish, survey, system

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(cast: Cast) -> Invitation:
    publish(survey(purpose="opinions", reminders=[3]))
    invite(named(), [person("Anna")], access=system())
    services.send_due()
    return Invitation.objects.get(status="sent")


def tell(row: Invitation, kind: str, *, by_metadata: bool = True, **more: Any) -> Invitation:
    event = AnymailTrackingEvent(
        event_type=kind, timestamp=timezone.now(), recipient=row.email,
        message_id=None if by_metadata else row.message_id,
        metadata={"invitation": str(row.pk)} if by_metadata else {}, **more,
    )  # fmt: skip
    tracking.send(sender=object(), event=event, esp_name="Test")
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("by_metadata", [True, False])
def test_delivered(sent: Invitation, by_metadata: bool) -> None:
    row = tell(sent, "delivered", by_metadata=by_metadata)
    assert row.status == "delivered" and row.delivered_at


def test_what_is_told_late_undoes_nothing(sent: Invitation) -> None:
    Invitation.objects.update(status="completed", completed_at=timezone.now())
    row = tell(sent, "delivered")
    assert row.status == "completed" and row.delivered_at
    assert tell(sent, "bounced", reject_reason="bounced").status == "completed"


def test_told_before_the_server_answered_it_is_known_as_sent(sent: Invitation) -> None:
    Invitation.objects.update(status="unsure", sent_at=None)
    row = tell(sent, "delivered")
    assert row.status == "delivered" and row.sent_at


def test_an_address_that_does_not_exist_gets_nothing_more(sent: Invitation) -> None:
    row = tell(sent, "bounced", reject_reason="bounced", description="No such user")
    assert (row.status, row.why, row.due_at) == ("bounced", "No such user", None)
    assert Unsubscription.objects.get().how == "bounce"
    assert ContactEntry.objects.get().status == "released"


def test_a_full_mailbox_says_nothing_of_the_address(sent: Invitation) -> None:
    assert tell(sent, "bounced", reject_reason="other").status == "bounced"
    assert not Unsubscription.objects.exists()


def test_whoever_calls_it_spam_gets_nothing_more(sent: Invitation) -> None:
    row = tell(sent, "complained")
    assert row.complained_at and row.due_at is None and row.status == "sent"
    no = Unsubscription.objects.get()
    assert (no.how, no.purpose, no.record_id) == ("complaint", "", row.person_id)


def test_unsubscribed_at_the_mail_service(sent: Invitation) -> None:
    tell(sent, "unsubscribed")
    assert Unsubscription.objects.get().purpose == "opinions"


def test_that_somebody_looked_is_noted_only_where_it_is_wanted(
    sent: Invitation, settings: Any
) -> None:
    assert tell(sent, "opened").opened_at is None
    settings.TRACK_OPENS = True
    row = tell(sent, "opened")
    assert row.status == "opened" and row.opened_at


def test_of_mails_that_are_no_invitations_the_address_is_known(sent: Invitation) -> None:
    event = AnymailTrackingEvent(event_type="bounced", recipient="other@example.com",
                                 reject_reason="invalid", message_id="x", metadata={})  # fmt: skip
    tracking.send(sender=object(), event=event, esp_name="Test")
    assert Unsubscription.objects.get().how == "bounce"


def test_without_a_secret_nobody_can_call(client: Any, cast: Cast) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("anymail:mailgun_tracking_webhook")
    assert client.post("/anymail/mailgun/tracking/", {}).status_code == 404
