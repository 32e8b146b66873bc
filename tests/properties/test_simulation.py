"""What a simulation says is what publishing does: for any change of grants, teams and memberships, its figures
are those of publishing and counting."""

from itertools import product
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_config import payload, publication
from crm_config.live import forget, live
from crm_config.models import ConfigSnapshot, Membership, Role, Team, User
from records.access import Access
from records.access.people import Standing
from records.models import Record
from records.simulation.figures.sight import ON_RECORDS
from records.simulation.services import start
from records.standins import role_alone
from tests.cast import Cast, create, person
from tests.kept import kept

pytestmark = pytest.mark.django_db

KEYS = ("organisation", "deal")
ROLES = ("manager", "sales", "support")
SCOPES = ("none", "own", "team", "team_below", "all")
ACTIONS = ("view", "change", "delete")

grants = st.dictionaries(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(ACTIONS)), st.sampled_from(SCOPES), max_size=6
)
drafts = st.fixed_dictionaries(dict.fromkeys(ROLES, grants))
rights = st.dictionaries(
    st.sampled_from(["margin", "notes", "code"]), st.sampled_from(["hidden", "read", "write"])
)
Reached = dict[tuple[Any, str, str], set[int]]


@kept
def world(cast: Cast) -> dict[str, Any]:
    """Records for each pair of owner and team, also none of either; one is archived."""
    below = Team.objects.create(name="Below", parent=cast.north)
    teams = [None, cast.north, cast.south, below]
    owners = [None, cast.owner, cast.teammate, cast.manager]
    for owner, team in product(owners, teams):
        for key in KEYS:
            create(key, name="X", owner=owner and owner.pk, team=team and team.pk)
    Record.unscoped.filter(pk=create("deal", name="Old")).update(archived_at="2026-01-01T00:00Z")
    return {"people": [*cast.everyone().values(), person("ada")], "teams": teams[1:]}


def reached() -> Reached:
    """Under what is published: each person, and each role by itself with all who have it."""
    found: Reached = {}
    snapshot, users = live(), list(User.objects.filter(is_active=True))
    for role, key, action in product(snapshot.roles, KEYS, ON_RECORDS):
        found[role, key, action] = ids(role_alone(role, snapshot), key, action)
    for user, key, action in product(users, KEYS, ON_RECORDS):
        access = Access.of(user)
        found[user.pk, key, action] = ids(access, key, action)
        for role in access.standing.roles:
            only = Standing(
                (role,), access.standing.teams, access.standing.below, access.standing.leads
            )
            by_role = Access(snapshot=snapshot, user=user, standing=only)
            found[role, key, action] |= ids(by_role, key, action)
    return found


def ids(access: Access, key: str, action: str) -> set[int]:
    record_type = access.snapshot.types[key]
    rows = Record.unscoped.of(record_type).filter(archived_at=None)
    return set(rows.filter(access.q(action, record_type)).values_list("pk", flat=True))


def readable() -> dict[tuple[int, str], frozenset[str]]:
    found = {}
    for user in User.objects.filter(is_active=True):
        access = Access.of(user)
        for key in KEYS:
            own = set(access.snapshot.types[key].fields)
            found[user.pk, key] = access.readable(access.snapshot.types[key]) & own
    return found


def redraft(draft: dict[str, Any], hidden: dict[str, str]) -> None:
    candidate = payload.dump()
    for raw in candidate["roles"]:
        wanted = draft.get(raw["key"], {})
        kept = [g for g in raw["grants"] if (g["type"], g["action"]) not in wanted]
        raw["grants"] = kept + [
            {"type": key, "action": action, "scope": scope}
            for (key, action), scope in wanted.items()
        ]
        if raw["key"] == "sales":
            raw["fields"] = [
                {"type": "organisation", "field": field, "access": level}
                for field, level in hidden.items()
            ]
    payload.load(candidate, replace=True)


def move_people(data: st.DataObject, world: dict[str, Any]) -> None:
    """Facts, not configuration: they hold before and after."""
    user = data.draw(st.sampled_from(world["people"]))
    Membership.objects.filter(user=user).delete()
    for team in data.draw(st.lists(st.sampled_from(world["teams"]), unique=True, max_size=2)):
        Membership.objects.create(user=user, team=team)
    keys = data.draw(st.lists(st.sampled_from(ROLES), unique=True, max_size=2))
    user.groups.set([role.group for role in Role.objects.filter(key__in=keys)])


@given(data=st.data())
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_its_figures_are_those_of_publishing(world: dict[str, Any], data: st.DataObject) -> None:
    """Each draft is tried on the same world: what it published is taken back."""
    with transaction.atomic():
        try_and_publish(world, data)
        transaction.set_rollback(True)
    forget()


def try_and_publish(world: dict[str, Any], data: st.DataObject) -> None:
    move_people(data, world)
    redraft(data.draw(drafts), data.draw(rights))
    if payload.digest(payload.dump()) == publication.latest().digest:
        return
    before, could_read = reached(), readable()
    simulation = start(user=None, inline=True)
    assert simulation.state == "done", simulation.error
    publication.publish(user=None)
    assert ConfigSnapshot.objects.first().version == simulation.live_version + 1
    told = simulation.result["sight"]
    assert figures(told) == differences(before, reached())
    assert totals(told) == summed(before, reached())
    assert fields(simulation.result["rights"]) == changed(could_read, readable())


def figures(told: dict[str, Any]) -> dict[Any, tuple[int, int]]:
    found = {}
    for row in [*told["roles"], *told["people"]]:
        for who in row.get("users") or [row["role"]]:
            found[who, row["type"], row["action"]] = (row["gained"], row["lost"])
    return found


def differences(before: Reached, after: Reached) -> dict[Any, tuple[int, int]]:
    found = {}
    for place in before.keys() | after.keys():
        old, new = before.get(place, set()), after.get(place, set())
        if old != new:
            found[place] = (len(new - old), len(old - new))
    return found


def totals(told: dict[str, Any]) -> dict[Any, tuple[int, ...]]:
    return {
        (row["type"], row["action"]): tuple(row[n] for n in ("gained", "lost", "gaining", "losing"))
        for row in told["totals"]
    }


def summed(before: Reached, after: Reached) -> dict[Any, tuple[int, ...]]:
    found: dict[Any, tuple[int, ...]] = {}
    for key, action in product(KEYS, ON_RECORDS):
        places = [p for p in before if p[1:] == (key, action) and isinstance(p[0], int)]
        more = [after[p] - before[p] for p in places]
        less = [before[p] - after[p] for p in places]
        if any(more) or any(less):
            unions = (len(set().union(*more)), len(set().union(*less)))
            found[key, action] = (
                *unions,
                len(list(filter(None, more))),
                len(list(filter(None, less))),
            )
    return found


def fields(told: dict[str, Any]) -> dict[Any, tuple[set[str], set[str]]]:
    found = {}
    for row in told["people"]:
        moved = set(row.get("read_gained", ())), set(row.get("read_lost", ()))
        for user in row["users"] if any(moved) else ():
            found[user, row["type"]] = moved
    return found


def changed(before: Any, after: Any) -> dict[Any, tuple[set[str], set[str]]]:
    return {
        place: (set(after[place] - before[place]), set(before[place] - after[place]))
        for place in before
        if before[place] != after[place]
    }
