"""What a mail service tells of invitations. A later step is never undone by an earlier one that is told late."""

from __future__ import annotations

from typing import Any

from anymail.signals import EventType
from anymail.signals import tracking as told
from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone

from crm_config.live import live
from records.contact import services as contact
from records.contact.sealing import sealed
from records.models import Unsubscription
from surveys.definitions import surveys_of
from surveys.models import Invitation
from surveys.sending.inviting import ledger_key
from surveys.sending.settings import PURPOSE, Sending

Status = Invitation.Status
BEFORE_DELIVERED = (Status.SENDING, Status.UNSURE, Status.SENT)
BEFORE_OPENED = (*BEFORE_DELIVERED, Status.DELIVERED)
FAILED = frozenset({EventType.BOUNCED, EventType.REJECTED, EventType.FAILED})


@receiver(told, dispatch_uid="surveys.sending.tracking")
def hear(sender: Any, event: Any, esp_name: str = "", **kwargs: Any) -> None:
    row = found(event)
    if row is None:
        return
    at = event.timestamp or timezone.now()
    if event.event_type == EventType.DELIVERED:
        _reach(row, Status.DELIVERED, BEFORE_DELIVERED, delivered_at=at)
    elif event.event_type == EventType.OPENED and settings.TRACK_OPENS:
        _reach(row, Status.OPENED, BEFORE_OPENED, opened_at=at)
    elif event.event_type in FAILED:
        _failed(row, event)
    elif event.event_type == EventType.COMPLAINED:
        Invitation.objects.filter(pk=row.pk).update(complained_at=at, due_at=None)
        _no(row, "", Unsubscription.How.COMPLAINT)
    elif event.event_type == EventType.UNSUBSCRIBED:
        _no(row, _purpose(row), Unsubscription.How.ONE_CLICK)


def found(event: Any) -> Invitation | None:
    """By what was given along, else by the id of the mail."""
    named = str((event.metadata or {}).get("invitation", ""))
    rows = Invitation.objects.all()
    if named.isascii() and named.isdigit():
        return rows.filter(pk=int(named)).first()
    return rows.filter(message_id=event.message_id).first() if event.message_id else None


def _reach(row: Invitation, status: str, before: tuple[str, ...], **moment: Any) -> None:
    name, at = next(iter(moment.items()))
    Invitation.objects.filter(pk=row.pk, **{f"{name}__isnull": True}).update(**{name: at})
    Invitation.objects.filter(pk=row.pk, sent_at=None).update(sent_at=at)
    Invitation.objects.filter(pk=row.pk, status__in=before).update(status=status, why="")


def _failed(row: Invitation, event: Any) -> None:
    """Only before anybody answered: who answers got the mail."""
    why = str(event.description or event.mta_response or event.event_type)[:300]
    status = Status.BOUNCED if event.event_type == EventType.BOUNCED else Status.FAILED
    rows = Invitation.objects.filter(pk=row.pk, status__in=BEFORE_OPENED)
    if rows.update(status=status, why=why, due_at=None):
        contact.release(ledger_key(row.key))


def _no(row: Invitation, purpose: str, how: str) -> None:
    if row.email:
        contact.unsubscribe(sealed(row.email), purpose=purpose, how=how, record_id=row.person_id)


def _purpose(row: Invitation) -> str:
    snapshot = live()
    survey = surveys_of(snapshot).get(row.survey)
    return Sending(survey, snapshot).purpose if survey else PURPOSE
