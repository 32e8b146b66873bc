"""What the compiler makes for the database: expressions that indexes match, and queries it can parse."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q

from crm_config.conditions.api import EVERYWHERE, Context, parse, ruling
from crm_config.conditions.limits import LIMITS
from crm_config.expressions import DataValue, data_sql, total_text
from records import partitions
from records.models import Record
from tests.crm_config.condition_company import AT, SNAPSHOT, condition, rule, type_of

TITLE = {"field": "title", "op": "eq", "value": "x"}


@pytest.mark.parametrize(
    ("vendor", "kind", "column", "sql"),
    [
        ("postgresql", "text", '"data"', """("data"->>'industry')"""),
        ("postgresql", "bigint", '"data"', """(("data"->>'industry')::bigint)"""),
        ("postgresql", "boolean", '"data"', """("data"->>'industry')"""),
        ("postgresql", "array", '"data"', """("data"->'industry')"""),
        ("postgresql", "text", '"norm"', """("norm"->>'industry')"""),
        ("sqlite", "bigint", '"data"', """json_extract("data", '$."industry"')"""),
    ],
)
def test_expressions(vendor: str, kind: Any, column: str, sql: str) -> None:
    assert data_sql(vendor, "industry", kind, column) == sql


@pytest.mark.parametrize("key", ["", "a'b", "a b", "A", "_a", 'a"', "a%", "é", "a\n", "x" * 200])
def test_what_is_not_a_key_never_becomes_sql(key: str) -> None:
    with pytest.raises(ValueError, match="Not a key"):
        DataValue(key)


def test_the_key_is_no_parameter() -> None:
    rows = Record.unscoped.filter(condition({"field": "staff", "op": "gt", "value": 5}).q(AT))

    sql, params = rows.query.sql_with_params()

    assert params == (5,)
    assert "staff" in sql


def index_on(sql: str) -> None:
    with connection.cursor() as cursor:
        table = Record._meta.db_table
        cursor.execute(f"CREATE INDEX condition_probe ON {table} ({sql})")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")


def plan(raw: Any) -> str:
    return Record.unscoped.filter(condition(raw).q(AT)).order_by().explain()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raw", "key", "kind", "column"),
    [
        ({"field": "staff", "op": "gte", "value": 5}, "staff", "bigint", '"data"'),
        ({"field": "industry", "op": "in", "value": ["it"]}, "industry", "text", '"data"'),
        ({"field": "founded", "op": "within", "value": "today"}, "founded", "text", '"data"'),
        ({"field": "public", "op": "is_true"}, "public", "boolean", '"data"'),
        ({"field": "name", "op": "eq", "value": "x"}, "name", "text", '"norm"'),
    ],
)
def test_indexes_are_used(raw: Any, key: str, kind: Any, column: str) -> None:
    partitions.ensure([type_of("company")])
    index_on(data_sql(connection.vendor, key, kind, column))

    found = plan(raw)

    used = "condition_probe" if connection.vendor == "sqlite" else "Index"
    assert used in found


@pytest.mark.parametrize("total", [0, 1, -1, 2**32, -(2**32) - 1, 2**63, -(2**70), 9 * 10**18])
def test_sums_as_text_keep_their_order(total: int) -> None:
    assert total_text(total - 1) < total_text(total) < total_text(total + 1)


@pytest.mark.django_db
def test_a_sum_may_leave_64_bits() -> None:
    partitions.ensure(SNAPSHOT.types.values())
    company, deal = type_of("company"), type_of("deal")
    now = AT.now
    Record.unscoped.create(pk=company.first_id + 1, type="company", created_at=now, modified_at=now)
    rows = Record.unscoped.bulk_create(
        Record(
            pk=deal.first_id + serial,
            type="deal",
            created_at=now,
            modified_at=now,
            data={"amount__base": 9 * 10**15},
        )
        for serial in range(1, 1101)
    )
    for row in rows:
        row.links_out.create(field="company", target_id=company.first_id + 1)
    most = {"related": "deals", "sum": {"field": "amount", "op": "gt", "value": 9 * 10**13 - 1}}

    found = Record.unscoped.of(company).filter(condition(most).q(AT))

    assert found.count() == 1


class Some:
    """A reach that adds a condition of its own to each record."""

    def q(self, record_type: Any) -> Q:
        return Q(owner_id=1) | (Q(team_id__in=[1, 2]) & ~Q(title="x"))

    def sees(self, subject: Any) -> bool:
        return True

    def field_q(self, f: Any) -> Q | None:
        return None

    def reads(self, f: Any, subject: Any) -> bool:
        return True


def deepest(rng: random.Random, relations: int) -> Any:
    """As deep as the limits allow: relations, groups and negations around paths on both sides."""
    path = "subject.holding.title"
    tree: Any = {"field": path, "op": "neq", "value": {"field": path}}
    if relations:
        path = "holding.holding.title"
        tree = {"field": path, "op": "neq", "value": {"field": path}}
    kinds = ["related"] * relations + ["group"] * (LIMITS.depth - 1 - relations)
    rng.shuffle(kinds)
    inner = relations
    for kind in kinds:
        if kind == "group":
            tree = rng.choice(({"any": [TITLE, tree]}, {"all": [TITLE, tree]}, {"not": tree}))
            continue
        inner -= 1
        key = "holding" if inner else "company"
        asked = rng.choice(({"none": True}, {"count": {"op": "neq", "value": 1}}))
        tree = {"related": key, "where": tree, **asked}
    return tree


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_the_deepest_condition_can_be_run(seed: int) -> None:
    rng = random.Random(seed)
    context: Context = replace(rule("deal"), reach=rng.choice((EVERYWHERE, Some())))
    found = parse(deepest(rng, seed % (LIMITS.relations + 1)), context)

    rows = Record.unscoped.of(type_of("deal")).filter(~found.q(AT))

    assert list(rows) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "leaf",
    [
        {"field": "name", "op": "in", "value": ["x"] * 25},
        {"field": "founded", "op": "in", "value": ["2026-01-01"] * 25},
        {"field": "tags", "op": "has_any", "value": ["it"] * 25},
        {"field": "holding", "op": "linked_to", "value": [(1 << 40) + 1] * 25},
        {"field": "holding.holding.name", "op": "contains", "value": "x"},
        {"related": "deals", "count": {"op": "gt", "value": 1}},
    ],
)
def test_the_widest_condition_can_be_run(leaf: Any) -> None:
    found = condition({"any": [leaf] * 150})

    assert list(Record.unscoped.of(type_of("company")).filter(found.q(AT))) == []


@pytest.mark.django_db
@pytest.mark.parametrize("field, value", [("founded", "2026-01-01"), ("name", "x"), ("tags", "it")])
def test_the_longest_list_can_be_run(field: str, value: str) -> None:
    operator = "has_any" if field == "tags" else "in"
    leaf = {"field": field, "op": operator, "value": [value] * LIMITS.values}
    found = parse({"not": leaf}, ruling(SNAPSHOT, type_of("company")))

    assert list(Record.unscoped.of(type_of("company")).filter(found.q(AT))) == []
