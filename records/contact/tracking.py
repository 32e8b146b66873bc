"""What a mail service tells of any mail of ours: addresses that do not exist, and people who call it spam."""

from __future__ import annotations

from typing import Any

from anymail.signals import EventType, RejectReason
from anymail.signals import tracking as told
from django.dispatch import receiver

from records.contact import services
from records.contact.sealing import sealed
from records.models import Unsubscription

DEAD = frozenset({RejectReason.BOUNCED, RejectReason.INVALID})


@receiver(told, dispatch_uid="records.contact.tracking")
def hear(sender: Any, event: Any, esp_name: str = "", **kwargs: Any) -> None:
    if not event.recipient:
        return
    if is_dead(event):
        services.bounced(event.recipient)
    elif event.event_type == EventType.COMPLAINED:
        services.unsubscribe(sealed(event.recipient), how=Unsubscription.How.COMPLAINT)


def is_dead(event: Any) -> bool:
    """A mailbox that is full, or a server that took us for somebody else, says nothing of the address."""
    return event.event_type == EventType.BOUNCED and event.reject_reason in DEAD
