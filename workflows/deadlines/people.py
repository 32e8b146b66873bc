"""Whom an escalation tells: those who work here, found anew each time."""

from __future__ import annotations

from collections.abc import Iterable

from crm_config.models import Membership, Role, Team, User
from records.models import Record
from workflows.deadlines.definitions import Escalation


def told_by(escalation: Escalation, record: Record) -> list[User]:
    if escalation.notify == "owner":
        return owner(record)
    if escalation.notify == "team_lead":
        ids = set(_leads(_teams(record)))
    else:
        rows = Role.objects.filter(key=escalation.role, group__user__isnull=False)
        ids = set(rows.values_list("group__user", flat=True))
    return list(User.objects.filter(pk__in=ids, is_active=True).order_by("pk"))


def owner(record: Record) -> list[User]:
    if record.owner_id is None:
        return []
    return list(User.objects.filter(pk=record.owner_id, is_active=True))


def _teams(record: Record) -> list[int]:
    """The record's team; without one, those of its owner."""
    if record.team_id is not None:
        return [record.team_id]
    return list(Membership.objects.filter(user=record.owner_id).values_list("team", flat=True))


def _leads(teams: Iterable[int]) -> set[int]:
    """Of a team that nobody leads, those of the one above it."""
    found: set[int] = set()
    todo, met = set(teams), set[int]()
    while todo:
        met |= todo
        rows = Membership.objects.filter(team__in=todo, lead=True, user__is_active=True)
        led = list(rows.values_list("user", "team"))
        found |= {user for user, _team in led}
        unled = todo - {team for _user, team in led}
        above = Team.objects.filter(pk__in=unled).values_list("parent", flat=True)
        todo = {pk for pk in above if pk is not None} - met
    return found
