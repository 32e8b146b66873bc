"""Promises are judged by SQL as each record, asked one by one, would judge them: for any grants, teams and roles."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_config.definitions import SCOPES
from crm_config.live import live
from crm_config.models import Team
from crm_config.promises.definition import PromiseDef
from records.access import Access
from records.access.people import Standing, descendants
from records.models import Record
from records.promises.check import verdict
from records.promises.world import World
from records.standins import role_alone
from tests.cast import create, person
from tests.kept import kept
from tests.properties.test_access import with_roles

pytestmark = pytest.mark.django_db

KEY = "organisation"
IT = {"field": "sector", "op": "eq", "value": "it"}
ROLES = ("role0", "role1")
#: As `with_roles` takes them: grants with their scope and condition, and no rights on single fields.
grants: st.SearchStrategy[tuple[dict[str, Any], dict[str, Any]]] = st.tuples(
    st.dictionaries(
        st.sampled_from(("view", "change", "delete")),
        st.one_of(
            st.tuples(st.sampled_from(sorted(set(SCOPES) - {"condition"})), st.none()),
            st.just(("condition", IT)),
        ),
    ),
    st.just({}),
)
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@kept
def place(company: Any) -> dict[str, Any]:
    top = Team.objects.create(name="Top")
    below = Team.objects.create(name="Below", parent=top)
    users = [person(name) for name in ("ada", "ben", "cleo")]
    for owner in (None, *users):
        for team, sector in ((None, "it"), (top, "retail"), (below, "it")):
            create(KEY, name="X", sector=sector, owner=owner and owner.pk, team=team and team.pk)
    return {"teams": [top.pk, below.pk], "users": users, "records": list(Record.unscoped.all())}


@st.composite
def worlds(draw: st.DrawFn, place: dict[str, Any]) -> World:
    snapshot = with_roles(live(), draw(st.lists(grants, min_size=2, max_size=2)))
    world = World(snapshot)
    world.__dict__["people"] = tuple(
        Access(snapshot=snapshot, user=user, standing=draw(standings(place["teams"])))
        for user in place["users"]
    )
    return world


@st.composite
def standings(draw: st.DrawFn, teams: list[int]) -> Standing:
    mine = frozenset(draw(st.sets(st.sampled_from(teams))))
    roles = draw(st.lists(st.sampled_from(ROLES), unique=True))
    return Standing(tuple(sorted(roles)), mine, descendants(mine))


def holds(world: World, kind: str, **arguments: Any) -> bool:
    return verdict(PromiseDef("p", kind, arguments={"type": KEY, **arguments}), world).kept


def may(access: Access, action: str, records: list[Record], *, on_a_record: bool) -> bool:
    record_type = access.snapshot.types[KEY]
    if not on_a_record:
        return access.may(action, record_type) and access.may("view", record_type)
    return any(access.allows(action, record, record_type) for record in records)


@given(data=st.data())
@SLOW
def test_who_may_not_do_something(place: dict[str, Any], data: st.DataObject) -> None:
    world = data.draw(worlds(place))
    action = data.draw(st.sampled_from(("view", "change", "delete")))
    condition = data.draw(st.sampled_from((None, IT)))
    records = [r for r in place["records"] if condition is None or r.data["sector"] == "it"]
    said = {"action": action, **({"condition": IT} if condition else {})}

    def any_may(*accesses: Access) -> bool:
        on_a_record = condition is not None
        return any(may(a, action, records, on_a_record=on_a_record) for a in accesses)

    first, second = (role_alone(role, world.snapshot) for role in ROLES)
    having = [a for a in world.people if ROLES[0] in a.standing.roles]
    others = [a for a in world.people if ROLES[0] not in a.standing.roles]
    assert holds(world, "no_access", role=ROLES[0], **said) is not any_may(first, *having)
    assert holds(world, "only", roles=[ROLES[0]], **said) is not any_may(second, *others)


@given(data=st.data())
@SLOW
def test_what_is_in_reach(place: dict[str, Any], data: st.DataObject) -> None:
    world = data.draw(worlds(place))
    having = [a for a in world.people if ROLES[0] in a.standing.roles]
    record_type = world.snapshot.types[KEY]
    wanted = [r for r in place["records"] if r.data["sector"] == "it"]
    said = {"role": ROLES[0], "action": "change", "condition": IT}
    for who, quantifier in (("some", any), ("all", all)):
        reached = (quantifier(a.allows("change", r, record_type) for a in having) for r in wanted)
        assert holds(world, "reach", who=who, **said) is all(reached)
