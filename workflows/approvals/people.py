"""Whom a step asks: those who work here, found anew each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_config.definitions import Snapshot
from crm_config.models import Membership, Role, Team, User


@dataclass(frozen=True)
class About:
    """What approvers are told by: whose the record is, and whom its fields name."""

    owner: int | None
    team: int | None
    values: Mapping[str, Any]


def find(asked: Sequence[Mapping[str, Any]], about: About) -> list[int]:
    """Ids of active users, in order of their names for ever the same."""
    ids = {pk for who in asked for pk in _ids(who, about)}
    return list(
        User.objects.filter(pk__in=ids, is_active=True).order_by("pk").values_list("pk", flat=True)
    )


def administrators(snapshot: Snapshot) -> list[int]:
    keys = [role.key for role in snapshot.roles.values() if role.administers]
    by_role = Role.objects.filter(key__in=keys).values("group__user")
    rows = User.objects.filter(is_active=True)
    found = rows.filter(pk__in=by_role) | rows.filter(is_superuser=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def _ids(who: Mapping[str, Any], about: About) -> Iterator[int]:
    if "role" in who:
        rows = Role.objects.filter(key=who["role"], group__user__isnull=False)
        yield from rows.values_list("group__user", flat=True)
    elif "user" in who:
        yield from User.objects.filter(username=who["user"]).values_list("pk", flat=True)
    elif "team_lead_of" in who:
        yield from _leads(_teams(who["team_lead_of"], about))
    elif value := about.values.get(who["field"]):
        yield int(value)


def _teams(of: str, about: About) -> list[int]:
    if of == "team":
        return [about.team] if about.team is not None else []
    if about.owner is None:
        return []
    return list(Membership.objects.filter(user=about.owner).values_list("team", flat=True))


def _leads(teams: Iterable[int]) -> set[int]:
    """Of a team that nobody leads, those of the one above it."""
    found: set[int] = set()
    todo, met = set(teams), set[int]()
    while todo:
        met |= todo
        rows = Membership.objects.filter(team__in=todo, lead=True, user__is_active=True)
        led = dict(rows.values_list("user", "team"))
        found |= led.keys()
        above = Team.objects.filter(pk__in=todo - set(led.values())).values_list(
            "parent", flat=True
        )
        todo = {pk for pk in above if pk is not None} - met
    return found
