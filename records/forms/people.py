"""Whom users and teams may be chosen from: one query for each, however many fields ask."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from crm_config.models import Team, User
from records.access import Access
from records.selectors.names import team_names, user_names

Choices = list[tuple[int, str]]


class People:
    """Those in use. `standing` values stay choosable where they are no longer."""

    def __init__(self, access: Access) -> None:
        self.access = access

    @cached_property
    def users(self) -> Choices:
        """Oneself first, then by name."""
        found = [(u.pk, str(u)) for u in User.objects.filter(is_active=True)]
        return sorted(found, key=lambda each: (each[0] != self.access.user_id, each[1].casefold()))

    @cached_property
    def teams(self) -> Choices:
        """One's own first."""
        mine = self.access.standing.teams
        found = list(Team.objects.values_list("pk", "name"))
        return sorted(found, key=lambda each: (each[0] not in mine, each[1].casefold()))

    def named(self, kind: str, ids: Sequence[int]) -> dict[int, str]:
        """Also those that are no longer in use; nobody who never was."""
        return user_names(ids) if kind == "user" else team_names(ids)

    def choices(self, kind: str, standing: int | None, name: str = "") -> Choices:
        offered = self.users if kind == "user" else self.teams
        if standing is None or any(pk == standing for pk, _name in offered):
            return offered
        return [(standing, name or str(standing)), *offered]
