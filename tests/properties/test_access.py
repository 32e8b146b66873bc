"""Access: the instance form and the queryset form of each question agree, for any grants, teams and records."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_config.definitions import ACTIONS, SCOPES, GrantDef, RoleDef, Snapshot
from crm_config.live import live
from crm_config.models import Team, User
from records.access import Access
from records.access.people import Standing, descendants, standing
from records.access.permissions import name_of
from records.models import Record
from tests.cast import Cast, create, person

pytestmark = pytest.mark.django_db

KEY = "organisation"

grants = st.dictionaries(st.sampled_from(ACTIONS), st.sampled_from(SCOPES))
roles = st.lists(grants, max_size=3)


def with_roles(snapshot: Snapshot, wanted: list[dict[str, str]]) -> Snapshot:
    built = {
        f"role{n}": RoleDef(
            key=f"role{n}",
            labels={},
            grants={
                (KEY, action): GrantDef(KEY, action, scope) for action, scope in granted.items()
            },
        )
        for n, granted in enumerate(wanted)
    }
    return Snapshot(
        snapshot.version,
        snapshot.company,
        snapshot.types,
        built,
        snapshot.reverse_links,
        snapshot.sections,
    )


@pytest.fixture
def world(company: Any) -> dict[str, Any]:
    """Teams two levels deep and a record for each pair of owner and team, also none of either."""
    top = Team.objects.create(name="Top")
    left, right = (Team.objects.create(name=name, parent=top) for name in ("Left", "Right"))
    below = Team.objects.create(name="Below", parent=left)
    users = [person(name) for name in ("ada", "ben", "cleo")]
    for owner in (None, *users):
        for team in (None, top, left, right, below):
            create(KEY, name="X", owner=owner and owner.pk, team=team and team.pk)
    return {
        "teams": [top, left, right, below],
        "users": users,
        "records": list(Record.unscoped.all()),
    }


@given(data=st.data())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_lists_hold_exactly_what_may_be_acted_on(
    world: dict[str, Any], data: st.DataObject
) -> None:
    wanted = data.draw(roles)
    snapshot = with_roles(live(), wanted)
    teams = data.draw(st.sets(st.sampled_from([t.pk for t in world["teams"]])))
    access = Access(
        snapshot=snapshot,
        user=data.draw(st.sampled_from(world["users"])),
        standing=Standing(tuple(snapshot.roles), frozenset(teams), descendants(frozenset(teams))),
    )
    record_type = snapshot.types[KEY]
    for action in ACTIONS:
        listed = set(Record.unscoped.of(record_type).filter(access.q(action, record_type)))
        allowed = {r for r in world["records"] if access.allows(action, r, record_type)}
        assert listed == allowed
        assert access.may(action, record_type) or not allowed
        if action not in ("view", "create"):
            assert allowed <= {r for r in world["records"] if access.allows("view", r, record_type)}


def test_a_scope_that_nobody_knows_grants_nothing(cast: Cast) -> None:
    snapshot = with_roles(live(), [{"view": "everybody"}])
    access = Access(snapshot=snapshot, user=cast.owner, standing=Standing(("role0",)))
    assert not access.may("view", snapshot.types[KEY])


def test_named_permissions_agree_with_access(cast: Cast) -> None:
    pk = create(KEY, name="A", owner=cast.owner.pk, team=cast.north.pk)
    record = Record.unscoped.get(pk=pk)
    for user in (*cast.everyone().values(), AnonymousUser()):
        access = Access.of(user)
        for action in ACTIONS:
            said = user.has_perm(name_of(action), record)
            assert said is access.allows(action, record, access.snapshot.types[KEY])


def test_teams_reach_down_the_tree_and_survive_a_circle(db: None) -> None:
    top = Team.objects.create(name="Top")
    below = Team.objects.create(name="Below", parent=top)
    user = person("ada")
    user.memberships.create(team=top, lead=True)
    found = standing(user)
    assert found.below == {top.pk, below.pk} and found.leads == {top.pk} and found.teams == {top.pk}
    Team.objects.filter(pk=top.pk).update(parent=below)
    assert descendants({top.pk: True}) == {top.pk, below.pk}


def test_who_is_switched_off_may_do_nothing(cast: Cast) -> None:
    cast.administrator.is_active = False
    cast.administrator.is_superuser = True
    cast.administrator.save()
    access = Access.of(User.objects.get(pk=cast.administrator.pk))
    assert access.visible_types() == ()
