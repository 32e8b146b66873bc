"""Access: the instance form and the queryset form of each question agree, for any grants, teams, shares,
delegations and records."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_config.definitions import ACTIONS, SCOPES, GrantDef, RoleDef, Snapshot
from crm_config.live import live
from crm_config.models import Team, User
from records.access import Access
from records.access.levels import READ, WRITE
from records.access.people import Standing, descendants, standing
from records.access.permissions import name_of
from records.access.subjects import pooled
from records.gate import Change
from records.models import Record, RecordShare
from records.selectors import Query, page
from records.selectors.conditions import Sight
from records.services import check
from tests import company as small
from tests.cast import Cast, create, person

pytestmark = pytest.mark.django_db

KEY = "organisation"
FIELDS = ("name", "headcount", "margin", "sector", "bonus", "keeper", "parent", "notes", "total")

CONDITIONS: tuple[Any, ...] = (
    {"field": "sector", "op": "eq", "value": "it"},
    {"field": "headcount", "op": "gte", "value": 5},
    {"field": "owner", "op": "in", "value": [{"dynamic": "my_reports"}]},
    {"field": "team", "op": "in", "value": [{"dynamic": "my_teams"}]},
    {"field": "keeper", "op": "neq", "value": {"dynamic": "me"}},
    {"field": "parent.owner", "op": "eq", "value": {"dynamic": "me"}},
    {"related": "children", "where": {"field": "headcount", "op": "is_set"}, "some": True},
    {"related": "children", "count": {"op": "gte", "value": 2}},
    {"not": {"field": "margin", "op": "gt", "value": {"field": "headcount"}}},
    {"field": "created_at", "op": "within", "value": "today"},
    {"field": "name", "op": "contains", "value": "x"},
    {"any": [{"field": "keeper", "op": "is_empty"}, {"field": "parent", "op": "is_set"}]},
)
conditions = st.sampled_from(CONDITIONS)
scopes = st.sampled_from(SCOPES).flatmap(
    lambda scope: st.tuples(st.just(scope), conditions if scope == "condition" else st.none())
)
grants = st.dictionaries(st.sampled_from(ACTIONS), scopes)
rights = st.dictionaries(
    st.sampled_from(FIELDS),
    st.one_of(
        st.tuples(st.sampled_from(("hidden", "read", "write")), st.none()),
        st.tuples(st.sampled_from(("read", "write")), conditions),
    ),
    max_size=4,
)
roles = st.lists(st.tuples(grants, rights), max_size=3)


def with_roles(snapshot: Snapshot, wanted: list[tuple[dict[str, Any], dict[str, Any]]]) -> Snapshot:
    built = {
        f"role{n}": RoleDef(
            key=f"role{n}",
            labels={},
            grants={
                (KEY, action): GrantDef(KEY, action, scope, condition)
                for action, (scope, condition) in granted.items()
            },
            fields={(KEY, key): access for key, (access, _c) in rights.items()},
            field_conditions={(KEY, key): c for key, (_a, c) in rights.items() if c is not None},
        )
        for n, (granted, rights) in enumerate(wanted)
    }
    return Snapshot(
        snapshot.version,
        snapshot.company,
        snapshot.types,
        built,
        snapshot.reverse_links,
        snapshot.sections,
    )


def organisation() -> dict[str, Any]:
    """With fields that name people and other organisations, and that are computed."""
    raw = small.organisation()
    more = [
        small.field("keeper", "user", options={"participates": True}),
        small.field(
            "parent",
            "link",
            options={"targets": [KEY], "reverse_key": "children", "on_delete": "clear"},
        ),
        small.field(
            "bonus", "formula", options={"expression": "margin * 2", "result_type": "integer"}
        ),
        small.field(
            "total",
            "rollup",
            options={"relation": "children", "function": "sum", "field": "margin"},
        ),
    ]
    return {**raw, "fields": [*raw["fields"], *more]}


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """Teams two levels deep and a record for each pair of owner and team, also none of either."""
    small.publish(organisation())
    top = Team.objects.create(name="Top")
    left, right = (Team.objects.create(name=name, parent=top) for name in ("Left", "Right"))
    below = Team.objects.create(name="Below", parent=left)
    users = [person(name) for name in ("ada", "ben", "cleo")]
    below.memberships.create(user=users[0])
    right.memberships.create(user=users[1])
    rng = Random(7)
    made: list[int] = []
    for owner in (None, *users):
        for team in (None, top, left, right, below):
            values: dict[str, Any] = {"name": rng.choice(("X", "Y"))}
            if rng.random() < 0.6:
                values["sector"] = rng.choice(("it", "retail"))
            for key in ("headcount", "margin"):
                if rng.random() < 0.7:
                    values[key] = rng.randint(1, 9)
            if rng.random() < 0.5:
                values["keeper"] = rng.choice(users).pk
            if made and rng.random() < 0.6:
                values["parent"] = rng.choice(made)
            made.append(create(KEY, owner=owner and owner.pk, team=team and team.pk, **values))
    return {
        "teams": [top, left, right, below],
        "users": users,
        "records": list(Record.unscoped.of(live().types[KEY])),
    }


def some_shares(world: dict[str, Any], data: st.DataObject, now: datetime) -> None:
    RecordShare.objects.all().delete()
    wanted = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from([r.pk for r in world["records"]]),
                st.sampled_from([*world["users"], *world["teams"]]),
                st.sampled_from(("view", "change")),
                st.sampled_from((None, -1, 0, 1)),
            ),
            max_size=6,
            unique_by=lambda share: (share[0], share[1]),
        )
    )
    for pk, holder, level, days in wanted:
        RecordShare.objects.create(
            record_id=pk,
            user=holder if isinstance(holder, User) else None,
            team=holder if isinstance(holder, Team) else None,
            level=level,
            until=None if days is None else now + timedelta(days=days),
            given_at=now,
        )


def some_standing(snapshot: Snapshot, world: dict[str, Any], data: st.DataObject) -> Standing:
    teams = data.draw(st.frozensets(st.sampled_from([t.pk for t in world["teams"]])))
    return Standing(
        roles=tuple(sorted(data.draw(st.sets(st.sampled_from([*snapshot.roles, "nothing"]))))),
        teams=teams,
        below=descendants(teams),
        leads=data.draw(st.frozensets(st.sampled_from(sorted(teams)))) if teams else frozenset(),
        shared=frozenset({snapshot.types[KEY].number}),
    )


def some_access(world: dict[str, Any], data: st.DataObject) -> Access:
    snapshot = with_roles(live(), data.draw(roles))
    now = timezone.now()
    some_shares(world, data, now)
    user, *absent = data.draw(st.permutations(world["users"]))
    others = data.draw(st.sets(st.sampled_from([u.pk for u in absent])))
    return Access(
        snapshot=snapshot,
        user=user,
        standing=some_standing(snapshot, world, data),
        now=now,
        stands_for={pk: some_standing(snapshot, world, data) for pk in sorted(others)},
    )


ANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(data=st.data())
@ANY
def test_lists_hold_exactly_what_may_be_acted_on(
    world: dict[str, Any], data: st.DataObject
) -> None:
    access = some_access(world, data)
    record_type = access.snapshot.types[KEY]
    records = pooled(list(Record.unscoped.of(record_type)), access.snapshot)
    for action in ACTIONS:
        listed = set(Record.unscoped.of(record_type).filter(access.q(action, record_type)))
        allowed = {r for r in records if access.allows(action, r, record_type)}
        assert listed == allowed, action
        assert access.may(action, record_type) or not allowed
        if action not in ("view", "create"):
            assert allowed <= {r for r in records if access.allows("view", r, record_type)}


@given(data=st.data())
@ANY
def test_fields_are_readable_exactly_where_their_guard_says(
    world: dict[str, Any], data: st.DataObject
) -> None:
    access = some_access(world, data)
    record_type = access.snapshot.types[KEY]
    rows = Record.unscoped.of(record_type).filter(access.q("view", record_type))
    seen = pooled(list(rows), access.snapshot)
    sight = Sight(access)
    for key, f in record_type.all_fields.items():
        guard = access.guard(record_type, key)
        level = access.level(record_type, key)
        guarded = rows if guard is None else rows.filter(guard.q)
        readable = {r for r in seen if access.level_of(r, record_type, key) >= READ}
        assert readable == (set(guarded) if level >= READ else set()), key
        assert readable == {r for r in seen if key in access.readable_of(r, record_type)}
        assert (key in access.readable(record_type)) is (level >= READ)
        written = {r for r in seen if access.level_of(r, record_type, key) == WRITE}
        assert written <= readable and (not written or level == WRITE)
        if not f.depends_on and guard is not None:
            assert (sight.field_q(f) is None) is (key in access.readable_everywhere(record_type))


@given(data=st.data())
@ANY
def test_what_an_absent_person_leaves_is_theirs_alone(
    world: dict[str, Any], data: st.DataObject
) -> None:
    """What somebody reaches who stands in for others is what each of them reaches by themselves, together."""
    access = some_access(world, data)
    record_type = access.snapshot.types[KEY]
    alone = [
        Access(
            snapshot=access.snapshot,
            user=next(u for u in world["users"] if u.pk == asker.user_id),
            standing=asker.standing,
            now=access.now,
        )
        for asker in access.askers
    ]
    for record in Record.unscoped.of(record_type):
        for action in ACTIONS:
            assert access.allows(action, record, record_type) is any(
                each.allows(action, record, record_type) for each in alone
            )
        for key in FIELDS:
            readable = any(
                each.allows("view", record, record_type)
                and each.level_of(record, record_type, key) >= READ
                for each in alone
            )
            if access.allows("view", record, record_type):
                assert (access.level_of(record, record_type, key) >= READ) is readable


@given(data=st.data())
@ANY
def test_what_a_role_says_of_a_field_holds_where_that_role_reaches(
    world: dict[str, Any], data: st.DataObject
) -> None:
    """Several roles give what each of them gives by itself, on the records that it reaches by itself."""
    access = replace(some_access(world, data), stands_for={})
    record_type = access.snapshot.types[KEY]
    alone = [
        replace(access, standing=replace(access.standing, roles=(role.key,)))
        for role in access.roles
    ]
    rows = Record.unscoped.of(record_type).filter(access.q("view", record_type))
    for record in pooled(list(rows), access.snapshot):
        for key in FIELDS:
            level = access.level_of(record, record_type, key)
            each = [
                one.level_of(record, record_type, key)
                for one in alone
                if one.allows("view", record, record_type)
            ]
            if record_type.fields[key].depends_on:
                assert (level >= READ) >= any(one >= READ for one in each), key
                continue
            assert (level >= READ) is any(one >= READ for one in each), key
            changes = [
                one.allows("change", record, record_type)
                and one.level_of(record, record_type, key) == WRITE
                for one in alone
            ]
            assert (level == WRITE) >= any(changes), key
            if level == WRITE and access.allows("change", record, record_type):
                assert any(
                    one.askers[0].reaches("change", record, record_type)
                    and one.level(record_type, key) == WRITE
                    for one in alone
                ), key


def test_a_field_of_one_role_does_not_come_along_to_the_records_of_another(cast: Cast) -> None:
    """A role that reads margins on its own records, and one that sees all records without them."""
    mine, other = (
        create(KEY, name=n, margin=7, owner=u.pk)
        for n, u in (("A", cast.owner), ("B", cast.teammate))
    )
    wanted = [
        ({"view": ("own", None), "change": ("own", None)}, {}),
        ({"view": ("all", None), "change": ("all", None)}, {"margin": ("hidden", None)}),
    ]
    snapshot = with_roles(live(), wanted)
    record_type = snapshot.types[KEY]
    access = Access(snapshot=snapshot, user=cast.owner, standing=Standing(("role0", "role1")))
    levels = {
        pk: access.level_of(Record.unscoped.get(pk=pk), record_type, "margin")
        for pk in (mine, other)
    }
    assert levels == {mine: WRITE, other: 0}
    asked = Query(record_type, where={"field": "margin", "op": "eq", "value": 7})
    assert [row.id for row in page(asked, access=access).rows] == [mine]
    assert "margin" not in access.readable_everywhere(record_type)
    change = Change("change", id=other, values={"margin": 8})
    assert [r.code for r in check([change], access=access, channel="api")[0].refusals] == [
        "unknown_field"
    ]
    assert check([Change("change", id=mine, values={"margin": 8})], access=access, channel="api")[
        0
    ].ok


def test_a_new_record_takes_a_field_from_the_role_that_makes_it(cast: Cast) -> None:
    """One role makes records for anybody with margins, and sees its own; another one sees all, without them."""
    wanted = [
        ({"view": ("own", None), "create": ("all", None)}, {}),
        ({"view": ("all", None)}, {"margin": ("hidden", None)}),
    ]
    snapshot = with_roles(live(), wanted)
    for roles in (("role0",), ("role0", "role1")):
        access = Access(snapshot=snapshot, user=cast.owner, standing=Standing(roles))
        values = {"name": "A", "margin": 7, "owner": cast.teammate.pk}
        assert check([Change("create", type=KEY, values=values)], access=access, channel="api")[
            0
        ].ok


def test_a_scope_that_nobody_knows_grants_nothing(cast: Cast) -> None:
    snapshot = with_roles(live(), [({"view": ("everybody", None)}, {})])
    access = Access(snapshot=snapshot, user=cast.owner, standing=Standing(("role0",)))
    assert not access.may("view", snapshot.types[KEY])


@pytest.mark.parametrize(
    "broken",
    [
        None,
        {},
        {"all": []},
        {"field": "gone", "op": "eq", "value": 1},
        {"segment": "gone"},
        [],
        "x",
    ],
)
def test_a_condition_that_cannot_be_read_grants_nothing(cast: Cast, broken: Any) -> None:
    create(KEY, name="A", owner=cast.owner.pk)
    rights = {"margin": ("read", broken)} if broken else {"margin": ("hidden", None)}
    wanted = [({"view": ("condition", broken)}, {}), ({"view": ("all", None)}, rights)]
    snapshot = with_roles(live(), wanted)
    record_type = snapshot.types[KEY]
    access = Access(snapshot=snapshot, user=cast.owner, standing=Standing(("role0",)))
    assert not access.may("view", record_type)
    assert not Record.unscoped.filter(access.q("view", record_type)).exists()
    access = Access(snapshot=snapshot, user=cast.owner, standing=Standing(("role1",)))
    assert access.may("view", record_type) and access.level(record_type, "margin") == 0


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
