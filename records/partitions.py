"""PostgreSQL: one partition and one sequence per record type, made when the type is published.

A partition is made beside the table and attached under a check that spares the scan, so that nobody
waits. SQLite has one plain table and needs none of this.
"""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from crm_config.definitions import TypeDef
from records.models import Record, TypeSerial

TABLE = Record._meta.db_table


def partition_name(number: int) -> str:
    return f"{TABLE}_{number}"


def sequence_name(number: int) -> str:
    return f"{TABLE}_{number}_serial"


def on_postgres() -> bool:
    return connection.vendor == "postgresql"


def ensure(types: Iterable[TypeDef]) -> None:
    """Make what is missing. Safe to repeat."""
    if not on_postgres():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
            "WHERE i.inhparent = %s::regclass",
            [TABLE],
        )
        present = {name for (name,) in cursor.fetchall()}
        for record_type in types:
            if partition_name(record_type.number) not in present:
                _make(cursor, record_type)


def repair(record_type: TypeDef) -> None:
    """The type's partition and sequence, each if it is missing."""
    if not on_postgres():
        return
    ensure([record_type])
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SEQUENCE IF NOT EXISTS "{sequence_name(record_type.number)}"')


def go_on_after(record_type: TypeDef, serial: int) -> None:
    """The next id of the type comes after that serial."""
    if on_postgres():
        with connection.cursor() as cursor:
            name = f'"{sequence_name(record_type.number)}"'
            cursor.execute("SELECT setval(%s::regclass, %s)", [name, serial])
    else:
        row, _new = TypeSerial.objects.get_or_create(type_number=record_type.number)
        row.last = max(row.last, serial)
        row.save(update_fields=["last"])


def _make(cursor: CursorWrapper, record_type: TypeDef) -> None:
    name = partition_name(record_type.number)
    low, high = record_type.first_id, record_type.end_id
    execute = cursor.execute
    execute(f'CREATE SEQUENCE IF NOT EXISTS "{sequence_name(record_type.number)}"')
    execute(f'CREATE TABLE "{name}" (LIKE "{TABLE}" INCLUDING DEFAULTS INCLUDING CONSTRAINTS)')
    execute(
        f'ALTER TABLE "{name}" ADD CONSTRAINT "{name}_range" CHECK (id >= {low} AND id < {high})'
    )
    execute(f'ALTER TABLE "{TABLE}" ATTACH PARTITION "{name}" FOR VALUES FROM ({low}) TO ({high})')
    execute(f'ALTER TABLE "{name}" DROP CONSTRAINT "{name}_range"')


def next_ids(record_type: TypeDef, count: int) -> list[int]:
    """`count` fresh ids of a type, in rising order. On SQLite call it inside the transaction that uses them."""
    if count == 0:
        return []
    if on_postgres():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(%s::regclass) FROM generate_series(1, %s)",
                [f'"{sequence_name(record_type.number)}"', count],
            )
            serials = sorted(serial for (serial,) in cursor.fetchall())
    else:
        row, _new = TypeSerial.objects.select_for_update().get_or_create(
            type_number=record_type.number
        )
        serials = list(range(row.last + 1, row.last + count + 1))
        row.last += count
        row.save(update_fields=["last"])
    return [record_type.first_id + serial for serial in serials]
