"""The teams and roles of a user, read once per request or job."""

from collections import defaultdict
from dataclasses import dataclass

from crm_config.models import Membership, Role, Team, User


@dataclass(frozen=True)
class Standing:
    """`teams`: those the user belongs to; `below`: those and all under them; `leads`: those the user leads."""

    roles: tuple[str, ...] = ()
    teams: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()


def standing(user: User) -> Standing:
    roles = Role.objects.filter(group__user=user.pk).values_list("key", flat=True)
    memberships = dict(Membership.objects.filter(user=user.pk).values_list("team", "lead"))
    return Standing(
        roles=tuple(roles),
        teams=frozenset(memberships),
        below=descendants(memberships) if memberships else frozenset(),
        leads=frozenset(team for team, lead in memberships.items() if lead),
    )


def descendants(roots: "frozenset[int] | dict[int, bool]") -> frozenset[int]:
    """The teams given and all below them."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for team, parent in Team.objects.values_list("pk", "parent"):
        children[parent].append(team)
    found: set[int] = set()
    todo = list(roots)
    while todo:
        team = todo.pop()
        if team not in found:
            found.add(team)
            todo.extend(children[team])
    return frozenset(found)
