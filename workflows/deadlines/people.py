"""Whom an escalation tells: those who work here, found anew each time."""

from __future__ import annotations

from crm_config.models import User
from records.models import Record
from workflows.deadlines.definitions import Escalation
from workflows.people import leads, teams_of, with_role


def told_by(escalation: Escalation, record: Record) -> list[User]:
    if escalation.notify == "owner":
        return owner(record)
    if escalation.notify == "team_lead":
        ids = leads(_teams(record))
        return list(User.objects.filter(pk__in=ids, is_active=True).order_by("pk"))
    return with_role(escalation.role)


def owner(record: Record) -> list[User]:
    if record.owner_id is None:
        return []
    return list(User.objects.filter(pk=record.owner_id, is_active=True))


def _teams(record: Record) -> list[int]:
    """The record's team; without one, those of its owner."""
    return [record.team_id] if record.team_id is not None else teams_of(record.owner_id)
