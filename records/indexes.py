"""The indexes that the published fields ask for, and those that are there. Made and dropped by a job.

On PostgreSQL each type's partition has its own, built CONCURRENTLY beside running work; on SQLite types
whose fields share a key share its index, which begins with the type. The expressions are those of
`crm_config.expressions`, letter for letter, or the planner would not use them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.expressions import data_sql
from crm_config.norm import keeps_norm
from records.models import Record
from records.partitions import on_postgres, partition_name

TABLE = Record._meta.db_table
PREFIX = "rx_"


def concurrently() -> str:
    """Beside running work, where PostgreSQL can: not inside a transaction."""
    return "CONCURRENTLY " if on_postgres() and not connection.in_atomic_block else ""


@dataclass(frozen=True)
class Index:
    """`name` holds a digest of the definition: a changed definition is another index."""

    table: str
    body: str

    @property
    def name(self) -> str:
        return PREFIX + sha256(f"{self.table} {self.body}".encode()).hexdigest()[:24]

    @property
    def label(self) -> str:
        return f"{self.table} {self.body}"

    def create_sql(self) -> str:
        return f'CREATE INDEX {concurrently()}IF NOT EXISTS "{self.name}" ON "{self.table}" {self.body}'


def wanted(snapshot: Snapshot) -> Iterator[Index]:
    """The indexes of all types in use."""
    for record_type in snapshot.active_types:
        for f in record_type.active:
            yield from of_field(record_type, f)


def of_field(record_type: TypeDef, f: FieldDef) -> Iterator[Index]:
    if f.type.storage not in ("data", "long_data"):
        return
    if f.filterable or f.sortable:
        yield from _bodies(record_type, f)


def _bodies(record_type: TypeDef, f: FieldDef) -> Iterator[Index]:
    table = partition_name(record_type.number) if on_postgres() else TABLE
    vendor = connection.vendor
    by_norm = f.type.sql_kind == "text" and keeps_norm(f)
    if by_norm:
        value = data_sql(vendor, f.key, "text", '"norm"')
    elif f.type.storage == "data" and f.type.sql_kind != "none":
        value = data_sql(vendor, f.type.comparable_key(f), f.type.sql_kind)
    else:
        return
    if f.type.sql_kind == "array":
        if vendor == "postgresql":
            yield Index(table, f"USING gin ({value} jsonb_path_ops)")
        return
    if f.type.storage == "data":
        yield Index(table, f"({value}, id)" if vendor == "postgresql" else f"(type, {value}, id)")
        if f.sortable and vendor == "postgresql":
            yield Index(table, f"({value} DESC NULLS LAST, id DESC)")
    if by_norm and vendor == "postgresql" and f.filterable:
        yield Index(table, f"USING gin ({value} gin_trgm_ops)")


def present() -> set[str]:
    """Names of the indexes of ours that are there and whole."""
    with connection.cursor() as cursor:
        if on_postgres():
            cursor.execute(
                "SELECT c.relname FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid "
                "JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE c.relname LIKE %s AND i.indisvalid AND n.nspname = current_schema()",
                [f"{PREFIX}%"],
            )
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE %s",
                [f"{PREFIX}%"],
            )
        return {name for (name,) in cursor.fetchall()}


def broken() -> set[str]:
    """Indexes that PostgreSQL began and did not finish."""
    if not on_postgres():
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid "
            "WHERE c.relname LIKE %s AND NOT i.indisvalid",
            [f"{PREFIX}%"],
        )
        return {name for (name,) in cursor.fetchall()}


def create(index: Index) -> None:
    with connection.cursor() as cursor:
        cursor.execute(index.create_sql())


def drop(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DROP INDEX {concurrently()}IF EXISTS "{name}"')


@dataclass(frozen=True)
class Plan:
    missing: list[Index]
    superfluous: list[str]


def plan(snapshot: Snapshot) -> Plan:
    asked = {index.name: index for index in wanted(snapshot)}
    there = present()
    return Plan(
        missing=[index for name, index in sorted(asked.items()) if name not in there],
        superfluous=sorted((there - asked.keys()) | broken()),
    )


def carry_out(steps: Plan) -> Iterable[str]:
    """Superfluous ones first (an unfinished one has the name of the one that is to replace it); yields
    what was done, one step at a time."""
    if on_postgres() and connection.in_atomic_block:
        # Foreign keys are checked at the commit, and a table that waits for it takes no index.
        connection.check_constraints()
    for name in steps.superfluous:
        drop(name)
        yield name
    for index in steps.missing:
        create(index)
        yield index.name
