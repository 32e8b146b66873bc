"""Sorting and keyset paging: a page starts after the last row of the one before, however deep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import F, OrderBy, Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef, TypeDef
from crm_config.expressions import DataValue
from records.models import Record

SALT = "records.cursor"


class BadCursor(ValueError):
    """The cursor is not one of ours, or belongs to another sort."""


class CannotSort(ValueError):
    """Lists cannot be sorted by this, or not by this person."""


@dataclass(frozen=True)
class Sort:
    """One key to sort by; ties are broken by the id, in the same direction. Empty values come last."""

    field: FieldDef | None
    descending: bool

    @property
    def expression(self) -> Any:
        f = self.field
        if f is None:
            return F("id")
        if f.column:
            return F(f.column)
        if f.type.sql_kind == "text" and _by_norm(f):
            return DataValue(f.key, column="norm")
        return DataValue(f.type.comparable_key(f), f.type.sql_kind)  # type: ignore[arg-type]

    def value(self, record: Record) -> Any:
        """The row's place in the order, as JSON; the query annotated it as `sort_key`."""
        value = record.sort_key  # type: ignore[attr-defined]
        return value.isoformat() if hasattr(value, "isoformat") else value


def _by_norm(f: FieldDef) -> bool:
    return any(op.reads == "norm" for op in f.type.operators.values())


def parse(raw: str, record_type: TypeDef, readable: frozenset[str]) -> Sort:
    """`-amount` or `title`. Raises `CannotSort`."""
    key = raw.removeprefix("-")
    if key == "id":
        return Sort(None, raw.startswith("-"))
    f = record_type.all_fields.get(key)
    if (
        f is None
        or key not in readable
        or f.type.storage in ("links", "long_data")
        or not f.type.can_sort
    ):
        raise CannotSort(_("The list cannot be sorted by “%(key)s”.") % {"key": key})
    return Sort(f, raw.startswith("-"))


def ordering(sort: Sort, *, backwards: bool) -> list[OrderBy]:
    """Database ordering; backwards is its exact reverse, for the page before."""
    descending = sort.descending != backwards
    nulls: dict[str, Any] = {"nulls_first": True} if backwards else {"nulls_last": True}
    if sort.field is None or sort.field.column in ALWAYS_SET:
        nulls = {}
    return [
        OrderBy(sort.expression, descending=descending, **nulls),
        OrderBy(F("id"), descending=descending),
    ]


#: Columns that are never null need no word on where nulls go, and so match their plain indexes.
ALWAYS_SET = frozenset({"title", "created_at", "modified_at"})


def after(sort: Sort, place: Sequence[Any], *, backwards: bool) -> list[Q]:
    """The rows that come after (or, backwards, before) a place in the order: those with a value and those
    without apart, in the order in which they come. Joined by OR, no index would lead to either."""
    value, pk = place
    compare = "lt" if sort.descending != backwards else "gt"
    beyond = Q(**{f"id__{compare}": pk})
    if sort.field is None:
        return [beyond]
    if value is None:
        empty = Q(sort_key__isnull=True) & beyond
        return [empty, Q(sort_key__isnull=False)] if backwards else [empty]
    if sort.field.type.key == "datetime" and sort.field.column:
        value = parse_datetime(value)
    # The first part says less than the second, and is what an index can begin with.
    further = Q(**{f"sort_key__{compare}": value})
    found = Q(**{f"sort_key__{compare}e": value}) & (further | beyond)
    if backwards or sort.field.column in ALWAYS_SET:
        return [found]
    return [found, Q(sort_key__isnull=True)]


def mark(sort: str, record_type: TypeDef, key: Sort) -> str:
    """What a cursor belongs to: places in the order of other values would be nonsense, or worse."""
    kind = key.field.type.kind if key.field else "id"
    return f"{record_type.key} {sort} {kind}"


def encode(mark: str, record: Record, key: Sort, *, backwards: bool) -> str:
    """Signed: the database is only ever asked to compare with values that it gave out."""
    return signing.dumps([mark, key.value(record), record.pk, int(backwards)], salt=SALT)


def decode(cursor: str, mark: str) -> tuple[list[Any], bool]:
    """The place and the direction. Raises `BadCursor`."""
    try:
        said, value, pk, backwards = signing.loads(cursor, salt=SALT)
    except signing.BadSignature as error:
        raise BadCursor(_("This page's address is broken: start from the first page.")) from error
    if said != mark:
        raise BadCursor(_("This page belongs to another sorting: start from the first page."))
    return [value, pk], bool(backwards)
