"""The teams and roles of a user, and of those the user stands in for, read once per request or job."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from crm_config.definitions import SERIAL_BITS
from crm_config.models import Membership, Role, Team, User
from records.models import Delegation, RecordShare

Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Standing:
    """`teams`: those the user belongs to; `below`: those and all under them; `leads`: those the user leads.
    `shared`: numbers of the types of which records were shared with them."""

    roles: tuple[str, ...] = ()
    teams: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    shared: frozenset[int] = frozenset()


@dataclass
class _Found:
    roles: list[str] = field(default_factory=list)
    memberships: dict[int, bool] = field(default_factory=dict)
    shared: set[int] = field(default_factory=set)

    def standing(self, tree: Iterable[tuple[int, int | None]]) -> Standing:
        return Standing(
            roles=tuple(sorted(self.roles)),
            teams=frozenset(self.memberships),
            below=_below(self.memberships, tree),
            leads=frozenset(team for team, lead in self.memberships.items() if lead),
            shared=frozenset(self.shared),
        )


def standing(user: User) -> Standing:
    return standings(user)[user.pk]


def standings(user: User, *, now: datetime | None = None) -> dict[int, Standing]:
    """By user, the user's own first: one query for the roles, the memberships, the tree of teams for members,
    and of which types something was shared with them."""
    found: dict[int, _Found] = {user.pk: _Found()}
    tree: list[tuple[int, int | None]] = []
    for kind, who, key, number, more in _rows(user.pk, now or timezone.now()):
        person = found.setdefault(who, _Found()) if who else _Found()
        if kind == "role":
            person.roles.append(key)
        elif kind == "member":
            person.memberships[number] = bool(more)
        elif kind == "shared":
            person.shared.add(number)
        else:
            tree.append((number, more or None))
    return {who: person.standing(tree) for who, person in found.items()}


#: Stand in the statement for who asks and when, in which alone one asking differs from another.
WHO = -1
WHEN = datetime(1900, 1, 1, tzinfo=UTC)


def _rows(who: int, at: datetime) -> list[tuple[str, int, str, int, int]]:
    adapt = connection.ops.adapt_datetimefield_value
    given = {WHO: who, adapt(WHEN): adapt(at)}
    sql, params = _statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(param, param) for param in params])
        return cursor.fetchall()


@cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Kept, for every request asks this, and to put it together takes longer than to run it."""
    return _asked(WHO, WHEN).query.sql_with_params()


def _asked(who: int, at: datetime) -> Rows:
    absent = Delegation.at_work(at).filter(to=who).order_by().values("of")
    parts = [_roles(who, absent), _memberships(who, absent), _tree(who, absent)]
    for whom in (who, absent):
        parts.extend(_shares(whom, at))
    return parts[0].union(*parts[1:], all=True)


def _of(path: str, who: int, absent: Rows) -> Q:
    return Q(**{path: who}) | Q(**{f"{path}__in": absent})


def _roles(who: int, absent: Rows) -> Rows:
    """Filtered and read in one step, so that one join serves both."""
    rows = Role.objects.filter(_of("group__user", who, absent)).order_by()
    return rows.values_list(_text("role"), "group__user", "key", _number(0), _number(0))


def _memberships(who: int, absent: Rows) -> Rows:
    rows = Membership.objects.filter(_of("user", who, absent)).order_by()
    lead = Case(When(lead=True, then=_number(1)), default=_number(0))
    return rows.values_list(_text("member"), "user_id", _text(""), "team_id", lead)


def _tree(who: int, absent: Rows) -> Rows:
    member = Exists(Membership.objects.filter(_of("user", who, absent)))
    parent = Coalesce("parent_id", _number(0))
    rows = Team.objects.filter(member).order_by()
    return rows.values_list(_text("team"), _number(0), _text(""), "pk", parent)


def _shares(who: int | Rows, now: datetime) -> list[Rows]:
    """Each type once. Apart for oneself and for others, and for people and teams: each finds its index."""
    path = "" if isinstance(who, int) else "__in"
    in_force = RecordShare.in_force(now).order_by()
    number = ExpressionWrapper(
        F("record_id") / _number(1 << SERIAL_BITS), output_field=BigIntegerField()
    )
    ways = ("user", "team__memberships__user")
    return [
        in_force.filter(**{f"{way}{path}": who})
        .values_list(_text("shared"), way, _text(""), number, _number(0))
        .distinct()
        for way in ways
    ]


def _text(text: str) -> Value:
    return Value(text, output_field=CharField())


def _number(number: int) -> Value:
    return Value(number, output_field=BigIntegerField())


def reports(leads: frozenset[int]) -> frozenset[int]:
    """The people of the teams that somebody leads, and of those below."""
    if not leads:
        return frozenset()
    members = Membership.objects.filter(team__in=descendants(leads))
    return frozenset(members.values_list("user", flat=True))


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
