"""The teams and roles of a user, read once per request or job."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, Exists, QuerySet, Value, When
from django.db.models.functions import Coalesce

from crm_config.models import Membership, Role, Team, User


@dataclass(frozen=True)
class Standing:
    """`teams`: those the user belongs to; `below`: those and all under them; `leads`: those the user leads."""

    roles: tuple[str, ...] = ()
    teams: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()


def standing(user: User) -> Standing:
    """One query: the roles, the memberships, and for members the tree of teams."""
    rows = _roles(user).union(_memberships(user), _tree(user), all=True)
    roles: list[str] = []
    memberships: dict[int, bool] = {}
    tree: list[tuple[int, int | None]] = []
    for kind, key, team, more in rows:
        if kind == "role":
            roles.append(key)
        elif kind == "member":
            memberships[team] = bool(more)
        else:
            tree.append((team, more or None))
    return Standing(
        roles=tuple(sorted(roles)),
        teams=frozenset(memberships),
        below=_below(memberships, tree),
        leads=frozenset(team for team, lead in memberships.items() if lead),
    )


def _roles(user: User) -> QuerySet[Any, Any]:
    rows = Role.objects.filter(group__user=user.pk).order_by()
    return rows.values_list(_text("role"), "key", _number(0), _number(0))


def _memberships(user: User) -> QuerySet[Any, Any]:
    rows = Membership.objects.filter(user=user.pk).order_by()
    lead = Case(When(lead=True, then=_number(1)), default=_number(0))
    return rows.values_list(_text("member"), _text(""), "team_id", lead)


def _tree(user: User) -> QuerySet[Any, Any]:
    rows = Team.objects.filter(Exists(Membership.objects.filter(user=user.pk))).order_by()
    parent = Coalesce("parent_id", _number(0))
    return rows.values_list(_text("team"), _text(""), "pk", parent)


def _text(text: str) -> Value:
    return Value(text, output_field=CharField())


def _number(number: int) -> Value:
    return Value(number, output_field=BigIntegerField())


def descendants(roots: Iterable[int]) -> frozenset[int]:
    """The teams given and all below them."""
    return _below(roots, Team.objects.order_by().values_list("pk", "parent"))


def _below(roots: Iterable[int], tree: Iterable[tuple[int, int | None]]) -> frozenset[int]:
    children: dict[int | None, list[int]] = defaultdict(list)
    for team, parent in tree:
        children[parent].append(team)
    found: set[int] = set()
    todo = list(roots)
    while todo:
        team = todo.pop()
        if team not in found:
            found.add(team)
            todo.extend(children[team])
    return frozenset(found)
