"""People as the rules of the company name them: those who work here, found anew each time."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from crm_config.live import live
from crm_config.models import Membership, Team, User


def with_role(role: str) -> list[User]:
    rows = User.objects.filter(groups__role__key=role, is_active=True)
    return list(rows.distinct().order_by("pk"))


def administrators() -> list[User]:
    """By what is published: a role that is to administer, and is not published so, does not yet."""
    keys = [role.key for role in live().roles.values() if role.administers]
    found = Q(groups__role__key__in=keys) | Q(is_superuser=True)
    return list(User.objects.filter(found, is_active=True).distinct().order_by("pk"))


def teams_of(user: int | None) -> list[int]:
    return list(Membership.objects.filter(user=user).values_list("team", flat=True))


def leads(teams: Iterable[int]) -> set[int]:
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
