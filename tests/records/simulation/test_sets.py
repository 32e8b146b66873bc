"""Queries as sets: shorter ways to write them hold for the same records, also under negation and in SQL."""

from itertools import product
from typing import Any

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.access.scopes import EVERYTHING, NOTHING
from records.models import Record
from records.simulation.sets import exact, minus, plainer, union
from tests.cast import Cast, create
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def ids(cast: Cast) -> dict[str, list[Any]]:
    owners, teams = [None, cast.owner.pk, cast.teammate.pk], [None, cast.north.pk, cast.south.pk]
    for owner, team in product(owners, teams):
        create("organisation", name="X", owner=owner, team=team)
    return {"owners": owners, "teams": teams}


def queries(owners: list[Any], teams: list[Any]) -> st.SearchStrategy[Q]:
    leaves = st.one_of(
        st.sampled_from([EVERYTHING, NOTHING]),
        st.sampled_from(owners).map(lambda pk: Q(owner_id=pk)),
        st.lists(st.sampled_from(teams[1:]), max_size=2).map(lambda pks: Q(team_id__in=pks)),
    )
    return st.recursive(
        leaves,
        lambda parts: st.one_of(
            st.tuples(parts, parts).map(lambda two: two[0] | two[1]),
            st.tuples(parts, parts).map(lambda two: two[0] & two[1]),
        ),
        max_leaves=6,
    )


def held(q: Q) -> set[int]:
    return set(Record.unscoped.filter(q).values_list("pk", flat=True))


@given(data=st.data())
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_they_hold_for_the_same_records(ids: dict[str, list[Any]], data: st.DataObject) -> None:
    some = queries(ids["owners"], ids["teams"])
    one, other = data.draw(some), data.draw(some)
    every = held(Q())
    assert held(exact(one)) == held(one)
    assert held(~exact(one)) == every - held(one)
    assert held(minus(one, other)) == held(one) - held(other)
    assert held(union([one, other, one])) == held(one) | held(other)
    assert held(~union([one, other])) == every - held(one) - held(other)


def test_what_is_asked_twice_is_asked_once() -> None:
    own, team = Q(owner_id=1), Q(team_id__in=[2])
    assert plainer((own | team) & (own | team)) == own | team
    assert plainer((own | team) & own) == own
    assert plainer(own & own) == own
    assert union([own | team, Q(owner_id=3) | team]) == Q(owner_id__in=[1, 3]) | team


def test_a_union_of_thousands_is_not_too_deep(cast: Cast) -> None:
    pk = create("organisation", name="X", owner=cast.owner.pk, team=cast.north.pk)
    parts = [Q(owner_id=n) & Q(team_id=n) for n in range(900_000, 902_500)]
    assert held(union([*parts, Q(owner_id=cast.owner.pk) & Q(team_id=cast.north.pk)])) == {pk}
