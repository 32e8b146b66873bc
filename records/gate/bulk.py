"""Many new rows at once. `bulk_create` spends longer on preparing rows than the database on writing them: an
import of thousands is twice as fast by COPY on PostgreSQL, and by one prepared statement on SQLite.

No signals, no conflicts; keys that the database gives are not told. What the database refuses it raises,
such as `IntegrityError`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Field, JSONField, Model, UUIDField

#: Below this, opening a COPY costs more than it saves.
WORTH_A_COPY = 20

Values = tuple[Any, ...]
Convert = Callable[[Any], Any]


def insert_all(rows: Sequence[Model]) -> None:
    """Insert instances of one model."""
    if not rows:
        return
    given = rows[0].pk is not None
    fields = [f for f in rows[0]._meta.concrete_fields if given or not f.primary_key]
    names = [f.attname for f in fields]
    values = [tuple([row.__dict__[name] for name in names]) for row in rows]
    insert(type(rows[0]), names, values)


def insert(model: type[Model], names: Sequence[str], rows: Sequence[Values]) -> None:
    """Insert rows given as the values of these attributes (`source_id`, not `source`)."""
    if len(rows) < WORTH_A_COPY:
        model._base_manager.bulk_create(
            [model(**dict(zip(names, row, strict=True))) for row in rows]
        )
        return
    fields = {f.attname: f for f in model._meta.concrete_fields}
    chosen = [fields[name] for name in names]
    write = _copy if connection.vendor == "postgresql" else _execute_many
    write(model, chosen, _converted(chosen, rows))


def _copy(
    model: type[Model], fields: Sequence[Field[Any, Any]], rows: Iterator[Sequence[Any]]
) -> None:
    statement = f"COPY {_quoted(model._meta.db_table)} ({_columns(fields)}) FROM STDIN"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _execute_many(
    model: type[Model], fields: Sequence[Field[Any, Any]], rows: Iterator[Sequence[Any]]
) -> None:
    table, places = _quoted(model._meta.db_table), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {table} ({_columns(fields)}) VALUES ({places})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def _columns(fields: Sequence[Field[Any, Any]]) -> str:
    return ", ".join(_quoted(f.column or "") for f in fields)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _converted(
    fields: Sequence[Field[Any, Any]], rows: Sequence[Values]
) -> Iterator[Sequence[Any]]:
    wanting = [(i, convert) for i, f in enumerate(fields) if (convert := _conversion(f))]
    for row in rows:
        values = list(row)
        for place, convert in wanting:
            if values[place] is not None:
                values[place] = convert(values[place])
        yield values


def _conversion(f: Field[Any, Any]) -> Convert | None:
    """How values of a field are told to the database, where the driver does not know by itself."""
    if isinstance(f, JSONField):
        return json.dumps
    if connection.vendor == "sqlite" and isinstance(f, DateTimeField | UUIDField):
        return lambda value: f.get_db_prep_value(value, connection)
    return None
