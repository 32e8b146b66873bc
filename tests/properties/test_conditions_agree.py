"""The two evaluators give the same answer for every condition and record, and so do their negations.

`make properties` makes a long run of it; `CONDITION_WORLDS=500` says how long.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from crm_config.conditions.api import (
    Condition,
    ConditionInvalid,
    Standpoint,
    json_schema,
    parse,
    ruling,
)
from crm_config.conditions.evaluate import evaluate
from crm_config.conditions.sql import to_q
from crm_config.conditions.tree import Node, children
from crm_config.conditions.words import sentence
from crm_config.definitions import TypeDef
from crm_config.field_types.base import Names
from crm_config.models import Team, User
from records.models import Record
from tests.properties.condition_world import (
    Trees,
    World,
    context,
    standpoint,
    stored,
    world,
)

WORLDS = int(os.environ.get("CONDITION_WORLDS", settings().max_examples // 2))
TREES = 100
SIZE = 10

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seen() -> Iterator[Counter[str]]:
    """How often each operator and kind of node was compared."""
    counted: Counter[str] = Counter()
    yield counted
    print(f"{counted['trees']} trees, {counted['refused']} refused")  # noqa: T201


def people() -> tuple[list[int], list[int]]:
    users = [User.objects.get_or_create(username=f"user_{n}")[0].pk for n in range(3)]
    teams = [Team.objects.get_or_create(name=f"team {n}")[0].pk for n in range(3)]
    return users, teams


def in_sql(node: Node, condition: Condition, record_type: TypeDef, at: Standpoint) -> set[int]:
    rows = Record.unscoped.of(record_type)
    q = to_q(node, at, reach=condition.context.reach)
    found = set(rows.filter(q).values_list("pk", flat=True))
    negated = set(rows.filter(~q).values_list("pk", flat=True))
    assert found.isdisjoint(negated), "a record fits a condition and its negation"
    assert found | negated == set(rows.values_list("pk", flat=True)), "neither fits"
    return found


def in_python(
    node: Node, condition: Condition, record_type: TypeDef, at: Standpoint, of: World
) -> set[int]:
    subjects = of.subjects()
    reach = condition.context.reach
    return {
        row.id
        for row in of.of(record_type)
        if evaluate(node, subjects[row.id], at, reach=reach, whole=False)
    }


def culprit(
    node: Node, condition: Condition, record_type: TypeDef, at: Standpoint, of: World
) -> str:
    """The innermost part on which the two disagree: in words, and what each of the two found."""
    for inner in children(node):
        if hasattr(node, "relation"):
            break
        if in_sql(inner, condition, record_type, at) != in_python(
            inner, condition, record_type, at, of
        ):
            return culprit(inner, condition, record_type, at, of)
    sql = in_sql(node, condition, record_type, at)
    python = in_python(node, condition, record_type, at, of)
    query = Record.unscoped.filter(to_q(node, at, reach=condition.context.reach)).query
    return (
        f"{sentence(node, Names())}; only SQL {sql - python}, only Python {python - sql}; {query}"
    )


@given(seed=st.integers(min_value=0, max_value=2**32))
@settings(
    max_examples=WORLDS,
    deadline=None,
    database=None,
    # A seed cannot be shrunk; `culprit` finds the innermost part instead.
    phases=[Phase.generate],
    print_blob=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_python_and_sql_agree(seen: Counter[str], seed: int) -> None:
    with transaction.atomic():
        compare(random.Random(seed), seen, f"seed {seed}")


def compare(rng: random.Random, seen: Counter[str], name: str) -> None:
    found = world(rng, *people(), size=SIZE)
    stored(found)
    schemas = {
        t.key: Draft202012Validator(json_schema(ruling(found.snapshot, t)))
        for t in found.snapshot.types.values()
    }
    for _tree in range(TREES):
        record_type = rng.choice(list(found.snapshot.types.values()))
        where = context(found, record_type, rng)
        raw = Trees(found, where, rng).tree((record_type,))
        try:
            condition = parse(raw, where)
        except ConditionInvalid as refused:
            seen["refused"] += 1
            assert all(problem.place for problem in refused.problems), raw
            continue
        assert schemas[record_type.key].is_valid(raw), raw
        at = standpoint(found, rng)
        seen["trees"] += 1
        python = in_python(condition.tree, condition, record_type, at, found)
        if in_sql(condition.tree, condition, record_type, at) != python:
            pytest.fail(f"{name}: {culprit(condition.tree, condition, record_type, at, found)}")
