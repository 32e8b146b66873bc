"""Any value of any kind, on its way to another kind; and any JSON at all where a value should stand."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_config.definitions import CompanyDef, FieldDef, Snapshot
from crm_config.field_types.base import Names, ValueRefused
from records.conversions.context import Converting
from records.conversions.convert import convert, unlimited
from records.conversions.reading import loaded
from records.conversions.table import CONVERSIONS, possible, worked_out
from tests.field_cases import CONTEXT, Case, all_cases

KINDS = sorted({*CONVERSIONS, *(kind for kinds in CONVERSIONS.values() for kind in kinds)})
PAIRS = [(old, new) for old in KINDS for new in KINDS if new in CONVERSIONS.get(old, ())]


def context() -> Converting:
    found = Converting(
        Snapshot(1, CompanyDef(base_currency="EUR", time_zone="Europe/Bucharest"), {}, {}, {})
    )
    found.__dict__.update(coerce=CONTEXT, users={7: "Ioana P."}, teams={3: "North"})
    return found


def converted(before: FieldDef, after: FieldDef, seed: int) -> tuple[Any, Any]:
    """A value and what it becomes; None for one that does not convert."""
    value = before.type.random_value(before, random.Random(seed))
    if before.type.kind in ("user", "team"):
        value = 7 if before.type.kind == "user" else 3
    try:
        return value, convert(before, after, value, context()).value
    except ValueRefused:
        return value, None


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=lambda kind: kind)
@given(seed=st.integers(0, 2**32))
def test_what_converts_is_a_value_of_the_new_kind(old: str, new: str, seed: int) -> None:
    before, after = Case(old).field(), replace(Case(new).field(), key="y")
    _value, found = converted(before, after, seed)
    if found is not None:
        stored = after.type.dump(after, found)
        assert loaded(after, stored) == found
        assert unlimited(after).type.coerce(after, found, CONTEXT) == found


#: There and back again: what was an exact value of the first kind is that value again.
THERE_AND_BACK = [
    ("integer", "decimal"),
    ("integer", "text"),
    ("decimal", "text"),
    ("date", "text"),
    ("date", "datetime"),
    ("boolean", "text"),
    ("email", "text"),
    ("time", "text"),
    ("choice", "multi_choice"),
    ("choice", "text"),
    ("location", "text"),
    ("rating", "integer"),
    ("text", "long_text"),
]


@pytest.mark.parametrize(("old", "new"), THERE_AND_BACK, ids=lambda kind: kind)
@given(seed=st.integers(0, 2**32))
def test_what_goes_and_comes_back_is_what_it_was(old: str, new: str, seed: int) -> None:
    before, after = Case(old).field(), replace(Case(new).field(), key="y")
    value, found = converted(before, after, seed)
    if found is not None and possible(after, before):
        assert convert(after, before, found, context()).value == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["street", "lat", "lon", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("case", all_cases(), ids=str)
@example(data={"x": 1, "x__currency": False})
@example(data={"x": 1, "x__currency": "EUR", "x__base": True})
@given(data=st.dictionaries(st.sampled_from(["x", "x__currency", "x__base"]), JSON, max_size=3))
def test_no_json_makes_reading_fail(case: Case, data: dict[str, Any]) -> None:
    field = case.field()
    value = loaded(field, data)
    if value is not None:
        assert isinstance(field.type.display(field, value, Names()), str)
        field.type.dump(field, value)


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        ("address", {"street": 5}),
        ("address", {"nothing": "x"}),
        ("location", {"lat": "1", "lon": 2}),
        ("integer", True),
        ("multi_choice", [1]),
        ("date", "2026-13-01"),
        ("decimal", 10**40),
    ],
)
def test_what_no_field_wrote_reads_as_empty(kind: str, stored: Any) -> None:
    assert loaded(Case(kind).field(), {"x": stored}) is None


def test_computed_fields_take_nothing_over() -> None:
    for case in all_cases():
        field = case.field()
        if worked_out(field):
            assert not possible(Case("location").field(), field)


@pytest.mark.parametrize("kind", ["link", "file", "image"])
def test_what_points_at_something_keeps_its_kind(kind: str) -> None:
    for other in KINDS:
        assert not possible(Case(kind).field(), Case(other).field())
        assert not possible(Case(other).field(), Case(kind).field())
