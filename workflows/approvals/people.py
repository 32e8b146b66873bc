"""Whom a step asks: those who work here, found anew each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_config.models import User
from workflows.people import leads, teams_of, with_role


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


def _ids(who: Mapping[str, Any], about: About) -> Iterator[int]:
    if "role" in who:
        yield from (user.pk for user in with_role(who["role"]))
    elif "user" in who:
        yield from User.objects.filter(username=who["user"]).values_list("pk", flat=True)
    elif "team_lead_of" in who:
        yield from leads(_teams(who["team_lead_of"], about))
    elif value := about.values.get(who["field"]):
        yield int(value)


def _teams(of: str, about: About) -> list[int]:
    if of == "team":
        return [about.team] if about.team is not None else []
    return teams_of(about.owner) if about.owner is not None else []
