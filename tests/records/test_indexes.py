"""The indexes that fields ask for: made by a job, and used by the lists they are made for."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from crm_config.live import live
from jobs.services import run_pending
from records import indexes, services
from records.access import Access
from records.gate import Change
from records.models import Record
from records.selectors import Query, page, sorting, visible
from tests import company as small
from tests.company import field, option
from tests.records.test_retyping import thing

POSTGRES = connection.vendor == "postgresql"
TAGS = [option(key) for key in ("hot", "new", "big")]
FIELDS = (
    field("label", filterable=True, sortable=True),
    field("size", "integer", filterable=True, sortable=True),
    field("tags", "multi_choice", filterable=True, choices=TAGS),
    field("price", "money", filterable=True, sortable=True),
    field("day", "date", filterable=True),
    field("done", "boolean", filterable=True),
    field("plain", "integer"),
)
ROWS = 3000


@pytest.fixture
def things(transactional_db: None) -> Iterator[None]:
    """Many enough that a scan is the worse way. Outside of a transaction, for indexes are made concurrently."""
    small.publish(thing(*FIELDS))
    changes = [
        Change(
            "create",
            type="thing",
            values={
                "name": f"Thing {n}",
                "label": f"label {n * 7919 % ROWS} of many",
                "size": None if n % 10 == 0 else n * 7919 % ROWS,
                "tags": ["hot"] if n % 500 == 0 else ["new"],
                "price": f"{n * 7919 % ROWS} EUR",
                "day": f"2{n % 900 + 100:03}-01-01",
                "done": n % 400 == 0,
            },
        )
        for n in range(ROWS)
    ]
    services.execute_or_raise(changes, access=Access.system(), channel="import")
    run_pending()
    if POSTGRES:
        # Its own work, done meanwhile; SQLite keeps no statistics unless somebody asks for them.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    yield
    for name in indexes.present():
        indexes.drop(name)


def plan(rows: Any) -> str:
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        explain = "EXPLAIN " if POSTGRES else "EXPLAIN QUERY PLAN "
        cursor.execute(explain + sql, params)
        return "\n".join(str(row[-1] if not POSTGRES else row[0]) for row in cursor.fetchall())


def used(rows: Any) -> set[str]:
    said = plan(rows)
    return {index.label for index in indexes.wanted(live()) if index.name in said}


def query(**more: Any) -> Query:
    return Query(live().types["thing"], **more)


def filtered(key: str, op: str, value: Any) -> Any:
    return visible(query(where={"field": key, "op": op, "value": value}), access=Access.system())


def listed(sort: str, cursor: str = "", size: int = 20) -> list[Any]:
    """The queries of one page of a list."""
    parsed = sorting.parse(sort, live().types["thing"], frozenset(live().types["thing"].all_fields))
    rows = visible(query(), access=Access.system()).annotate(sort_key=parsed.expression)
    rows = rows.order_by(*sorting.ordering(parsed, backwards=False))
    if not cursor:
        return [rows[:size]]
    place, backwards = sorting.decode(cursor, sorting.mark(sort, live().types["thing"], parsed))
    return [rows.filter(q)[:size] for q in sorting.after(parsed, place, backwards=backwards)]


@pytest.mark.django_db(transaction=True)
def test_each_flagged_field_has_its_index_and_nothing_else(things: None) -> None:
    steps = indexes.plan(live())
    assert (steps.missing, steps.superfluous) == ([], [])
    assert not any("plain" in index.body for index in indexes.wanted(live()))
    tables = {index.table for index in indexes.wanted(live())}
    number = live().types["thing"].number
    assert (f"records_record_{number}" in tables) is POSTGRES


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("key", "op", "value"),
    [
        ("label", "eq", "label 7 of many"),
        ("size", "eq", 7),
        ("size", "between", [5, 9]),
        ("price", "eq", "7 EUR"),
        ("day", "eq", "2100-01-01"),
        ("done", "is_true", None),
    ],
)
def test_filters_use_their_index(things: None, key: str, op: str, value: Any) -> None:
    rows = (
        filtered(key, op, value)
        if value is not None
        else visible(query(where={"field": key, "op": op}), access=Access.system())
    )
    assert used(rows), plan(rows)


@pytest.mark.django_db(transaction=True)
def test_parts_of_texts_and_options_among_several_use_their_index(things: None) -> None:
    """SQLite has no index for either."""
    for rows in (filtered("label", "contains", "2999 of"), filtered("tags", "has_any", ["hot"])):
        assert rows.count() > 0
        assert any("gin" in label for label in used(rows)) is POSTGRES, plan(rows)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sort", ["size", "-size", "label", "-label", "price"])
def test_sorted_lists_and_their_later_pages_use_the_index_without_sorting(
    things: None, sort: str
) -> None:
    (first,) = listed(sort)
    cursor, seen = "", 0
    for _page in range(5):
        cursor = page(query(sort=sort), access=Access.system(), cursor=cursor, size=100).next or ""
        seen += 100
    later = listed(sort, cursor)[0]
    for rows in (first, later):
        said = plan(rows)
        assert used(rows), said
        assert not said.count("Sort") and "TEMP B-TREE" not in said, said


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sort", ["size", "-size"])
def test_paging_to_the_end_and_back_misses_nothing(things: None, sort: str) -> None:
    there, cursor, last = [], "", ""
    while True:
        found = page(query(sort=sort), access=Access.system(), cursor=cursor, size=487)
        there.append([row.id for row in found.rows])
        if found.next is None:
            last = found.previous or ""
            break
        cursor = found.next
    back, cursor = [], last
    while cursor:
        found = page(query(sort=sort), access=Access.system(), cursor=cursor, size=487)
        back.append([row.id for row in found.rows])
        cursor = found.previous or ""
    ids = [pk for rows in there for pk in rows]
    assert len(ids) == len(set(ids)) == Record.unscoped.count()
    assert list(reversed(back)) == there[:-1]


@pytest.mark.django_db(transaction=True)
def test_a_retyped_field_changes_its_index(things: None) -> None:
    before = {index.name for index in indexes.wanted(live())}
    small.publish(thing(field("size", "decimal", filterable=True, sortable=True)))
    run_pending()
    after = {index.name for index in indexes.wanted(live())}
    assert indexes.present() == after and not after <= before
    assert Record.unscoped.filter(data__has_key="size").count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_begun_and_not_finished_is_made_anew(things: None) -> None:
    name = next(iter(sorted(indexes.present())))
    if POSTGRES:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s::regclass",
                [f'"{name}"'],
            )
        assert indexes.broken() == {name}
    else:
        indexes.drop(name)
    for _done in indexes.carry_out(indexes.plan(live())):
        pass
    assert name in indexes.present() and not indexes.broken()
