"""SQL over the JSON columns of records: the only place that writes it.

A key stands in the SQL as a literal, not as a parameter: only so does the expression equal that of
the index, under a generic plan too. Keys are therefore validated here once more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, Literal

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Expression,
    ExpressionWrapper,
    F,
    Field,
    Func,
    JSONField,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.sql.compiler import SQLCompiler

Kind = Literal["text", "bigint", "boolean", "array"]
Column = Literal["data", "long_data", "norm"]
Compiled = tuple[str, tuple[Any, ...]]

_KEY = re.compile(r"[a-z][a-z0-9_]{0,100}\Z")

#: With `%(column)s` and `%(key)s`. A boolean is text on PostgreSQL, and 0 or 1 on SQLite.
TEMPLATES: dict[str, dict[str, str]] = {
    "postgresql": {
        "text": "(%(column)s->>'%(key)s')",
        "bigint": "((%(column)s->>'%(key)s')::bigint)",
        "boolean": "(%(column)s->>'%(key)s')",
        "array": "(%(column)s->'%(key)s')",
    },
    "sqlite": dict.fromkeys(
        ("text", "bigint", "boolean", "array"), "json_extract(%(column)s, '$.\"%(key)s\"')"
    ),
}


def data_sql(vendor: str, key: str, kind: Kind = "text", column: str = '"data"') -> str:
    """The expression as an index is made on it. Raises `ValueError` for what is not a key."""
    if not _KEY.match(key):
        raise ValueError(f"Not a key of stored data: {key!r}")
    return TEMPLATES[vendor][kind] % {"column": column, "key": key}


class JsonBoolean(Field):
    """A boolean as `DataValue` reads it: compared with what the database makes of JSON's.

    Not a `BooleanField`: Django would take the expression itself for a condition.
    """

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if connection.vendor == "postgresql":
            return "true" if value else "false"
        return int(value)

    def from_db_value(self, value: Any, *args: Any) -> bool | None:
        return None if value is None else value in (1, "true")


OUTPUT: dict[str, type[Field]] = {
    "text": TextField,
    "bigint": BigIntegerField,
    "boolean": JsonBoolean,
    "array": JSONField,
}


class DataValue(Func):
    """The value under one key of a JSON column; NULL where the key is absent.

    `source` is the column where it is not that of the query itself, such as an `OuterRef`.
    """

    arity = 1

    def __init__(
        self,
        key: str,
        kind: Kind = "text",
        *,
        column: Column = "data",
        source: Expression | F | None = None,
    ) -> None:
        data_sql("sqlite", key)
        self.key = key
        self.kind = kind
        super().__init__(source or F(column), output_field=OUTPUT[kind]())

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        return self._as("postgresql", compiler)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        return self._as("sqlite", compiler)

    def _as(self, vendor: str, compiler: SQLCompiler) -> Compiled:
        column, params = compiler.compile(self.get_source_expressions()[0])
        return data_sql(vendor, self.key, self.kind, column), tuple(params)


class Test(Func):
    """An expression that is true or false, fit for `Q`."""

    def __init__(self, *expressions: Any, **extra: Any) -> None:
        super().__init__(*expressions, output_field=BooleanField(), **extra)


class Never(Test):
    template = "(1 = 0)"


class Always(Test):
    template = "(1 = 1)"


def never() -> Q:
    return Q(Never())


def always() -> Q:
    """True, also under negation: `~Q()` is still true, and so is no way to say it."""
    return Q(Always())


def either(parts: Iterable[Q]) -> Q:
    """Their disjunction; of none, never."""
    found = list(parts)
    return reduce(or_, found) if found else never()


def unelided(q: Q) -> Q:
    """The same, but asked: where Django knows that no row fits, it leaves out the query around it too,
    and with it a count that is to be zero. What says nothing holds for every row."""
    return q | never() if q else always()


def settled(q: Q) -> Q:
    """True or false where the condition itself may be NULL, as that on a column that is empty: so that negation
    is exact, however deep it stands."""
    verdict = Case(
        When(unelided(q), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    return Q(verdict)


def apart(q: Q) -> Q:
    """The same in brackets of its own. Django would make one chain of a long disjunction and those
    around it, and SQLite takes chains of a thousand at most."""
    return Q(ExpressionWrapper(q, output_field=BooleanField()))


class Like(Test):
    """The left holds a text, at its start, its end, or anywhere. Its wildcards mean themselves."""

    def __init__(
        self, left: Expression, text: str, *, start: bool = False, end: bool = False
    ) -> None:
        escaped = re.sub(r"([\\%_])", r"\\\1", text)
        pattern = ("" if start else "%") + escaped + ("" if end else "%")
        super().__init__(left, Value(pattern, output_field=TextField()))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        """The backslash escapes by itself; to say so would be a function call that no index knows."""
        return self._as("", compiler)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        return self._as(r" ESCAPE '\'", compiler)

    def _as(self, escape: str, compiler: SQLCompiler) -> Compiled:
        left, pattern = map(compiler.compile, self.get_source_expressions())
        return f"({left[0]} LIKE {pattern[0]}{escape})", (*left[1], *pattern[1])


class ArrayHas(Test):
    """The JSON array at the left holds all of the texts."""

    def __init__(self, left: Expression, texts: Iterable[str]) -> None:
        self.texts: Sequence[str] = sorted(set(texts))
        super().__init__(left)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        left, params = compiler.compile(self.get_source_expressions()[0])
        return f"({left} @> %s::jsonb)", (*params, json.dumps(self.texts))

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        left, params = compiler.compile(self.get_source_expressions()[0])
        one = f"EXISTS(SELECT 1 FROM json_each({left}) WHERE value = %s)"  # noqa: S608
        found = [value for text in self.texts for value in (*params, text)]
        return f"({' AND '.join([one] * len(self.texts)) or '1 = 1'})", tuple(found)


class ArrayHasAny(ArrayHas):
    """The JSON array at the left holds one of the texts."""

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        """By containment, each apart: the operator for "any of" is not in the index's class."""
        left, params = compiler.compile(self.get_source_expressions()[0])
        found = [value for text in self.texts for value in (*params, json.dumps([text]))]
        return f"({' OR '.join([f'{left} @> %s::jsonb'] * len(self.texts))})", tuple(found)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        left, params = compiler.compile(self.get_source_expressions()[0])
        marks = ", ".join(["%s"] * len(self.texts))
        sql = f"EXISTS(SELECT 1 FROM json_each({left}) WHERE value IN ({marks}))"  # noqa: S608
        return sql, (*params, *self.texts)


class ArrayEquals(ArrayHas):
    """The JSON array at the left, sorted and without repetition, is exactly these texts."""

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        left, params = compiler.compile(self.get_source_expressions()[0])
        return f"({left} = %s::jsonb)", (*params, json.dumps(self.texts))

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        has, found = super().as_sqlite(compiler, connection, **context)
        left, params = compiler.compile(self.get_source_expressions()[0])
        return f"(json_array_length({left}) = %s AND {has})", (*params, len(self.texts), *found)


class Rows(Func):
    """How many rows there are. Not an `Aggregate`: a subquery of one figure must not be grouped."""

    template = "COUNT(*)"
    output_field = BigIntegerField()


_LOW = 2**32 - 1
_ABOVE_ANY_SUM = 2**62


def total_text(total: int) -> str:
    """A sum as text of fixed width, so that texts compare as sums do."""
    return f"{(total >> 32) + _ABOVE_ANY_SUM:019d}{total & _LOW:010d}"


class TotalField(BigIntegerField):
    """A sum as the database compares it."""

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        return value if connection.vendor == "postgresql" else total_text(value)


class Total(Func):
    """The sum of integers, zero of none. Not an `Aggregate`, see `Rows`.

    PostgreSQL sums without bound. SQLite fails where the sum leaves 64 bits, which a few thousand of
    the largest values do, so it adds the halves of the numbers apart and compares them as text.
    """

    output_field = TotalField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        value, params = compiler.compile(self.get_source_expressions()[0])
        return f"COALESCE(SUM({value}), 0)", tuple(params)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Compiled:
        value, params = compiler.compile(self.get_source_expressions()[0])
        low = f"COALESCE(SUM({value} & {_LOW}), 0)"
        high = f"(COALESCE(SUM({value} >> 32), 0) + ({low} >> 32) + {_ABOVE_ANY_SUM})"
        sql = f"(printf('%%019d', {high}) || printf('%%010d', {low} & {_LOW}))"
        return sql, (*params, *params, *params)
