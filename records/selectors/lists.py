"""Lists of one type: what is asked for, a page of it, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError
from django.db.models import Q
from django.utils.translation import gettext as _

from crm_config.conditions.api import ConditionInvalid, ConditionProblem, parse
from crm_config.definitions import FieldDef, TypeDef
from crm_config.norm import normalised
from records.access import Access
from records.models import Record, SearchEntry
from records.models.record import RecordQuerySet
from records.segments.narrowing import narrowed
from records.selectors import sorting
from records.selectors.conditions import list_context, standpoint
from records.selectors.reading import RecordView, Views, bare_views, views_of

COUNT_CAP = 10_000
#: How SQLite says so.
TOO_DEEP = ("parser stack overflow", "Expression tree is too large")
PAGE_SIZE = 50
MAX_PAGE_SIZE = 500


@dataclass(frozen=True)
class Query:
    """A list of one type's records as a person asked for it. `where` is a condition's JSON; `segment` the key
    of one whose records alone are meant; `ids` limits to chosen records; `archived` shows those instead of the
    others."""

    type: TypeDef
    where: Any = None
    sort: str = ""
    search: str = ""
    columns: Sequence[str] = ()
    ids: Sequence[int] | None = None
    archived: bool = False
    action: str = "view"
    segment: str = ""


@dataclass
class Page:
    """`next` and `previous` are cursors, None at the ends."""

    rows: list[RecordView]
    columns: list[FieldDef] = field(default_factory=list)
    next: str | None = None
    previous: str | None = None


def visible(query: Query, *, access: Access) -> RecordQuerySet:
    """The records that a query means and the person may see (or act on, by `query.action`), unordered.

    Raises `ConditionInvalid` where the condition names what is not there, or not for this person.
    """
    rows = Record.unscoped.of(query.type).filter(narrowed(access.q(query.action, query.type)))
    rows = rows.filter(archived_at__isnull=not query.archived)
    if query.ids is not None:
        rows = rows.filter(pk__in=query.ids)
    if query.where is not None:
        rows = rows.filter(_condition_q(query.where, query.type, access))
    if query.segment:
        rows = rows.filter(_condition_q({"segment": query.segment}, query.type, access))
    if query.search.strip():
        rows = rows.filter(search_q(query.search, query.type, access))
    return rows


def _condition_q(where: Any, record_type: TypeDef, access: Access) -> Q:
    return narrowed(parse(where, list_context(record_type, access)).q(standpoint(access)))


def search_q(text: str, record_type: TypeDef, access: Access) -> Q:
    """Every word must be found in some field that is searchable and that the person may read."""
    found = Q()
    for word in normalised(text).split():
        found &= word_q(word, record_type, access)
    return found


def word_q(word: str, record_type: TypeDef, access: Access) -> Q:
    """Fields that may be read on some records alone are looked through apart, there."""
    searchable = [f.key for f in record_type.all_fields.values() if f.searchable]
    everywhere = access.readable_everywhere(record_type)
    found = _holding(word, record_type, [key for key in searchable if key in everywhere])
    for key in searchable:
        guard = access.guard(record_type, key)
        if guard is not None:
            found |= _holding(word, record_type, [key]) & guard.q
    return found


def _holding(word: str, record_type: TypeDef, keys: Sequence[str]) -> Q:
    hits = SearchEntry.objects.filter(type=record_type.key, field__in=keys, text__contains=word)
    return Q(pk__in=hits.values("record_id"))


@contextmanager
def not_too_deep() -> Iterator[None]:
    """SQLite takes only so much inside each other: a filter that is at its limits, over records and fields that
    conditions guard. Raises `ConditionInvalid`."""
    try:
        yield
    except OperationalError as error:
        if not any(sign in str(error) for sign in TOO_DEEP):
            raise
        message = _("The filter is too deep for this database: make it simpler.")
        raise ConditionInvalid([ConditionProblem("", message)]) from error


def page(
    query: Query,
    *,
    access: Access,
    cursor: str = "",
    size: int = PAGE_SIZE,
    views: Views = views_of,
) -> Page:
    """One page, of views as `views` makes them. Raises `CannotSort`, `BadCursor`, `ConditionInvalid`."""
    raw = sorted_by(query, access)
    sort = sorting.parse(raw, query.type, access.readable_everywhere(query.type))
    mark = sorting.mark(raw, query.type, sort)
    size = max(1, min(size, MAX_PAGE_SIZE))
    place, backwards = sorting.decode(cursor, mark) if cursor else (None, False)
    columns = access.shown(query.type, query.columns or default_columns(query.type))
    rows = visible(query, access=access).annotate(sort_key=sort.expression).defer(*_unread(columns))
    rows = rows.order_by(*sorting.ordering(sort, backwards=backwards))
    stretches = sorting.after(sort, place, backwards=backwards) if place is not None else [Q()]
    found: list[Record] = []
    for stretch in stretches:
        if len(found) <= size:
            with not_too_deep():
                found.extend(rows.filter(stretch)[: size + 1 - len(found)])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    result = Page(views(found, access=access, keys=[f.key for f in columns]), columns)
    if found and (more or backwards):
        result.next = sorting.encode(mark, found[-1], sort, backwards=False)
    if found and (more if backwards else place is not None):
        result.previous = sorting.encode(mark, found[0], sort, backwards=True)
    return result


def first_rows(query: Query, *, access: Access, size: int) -> list[Record]:
    """The first records of a list, to be viewed together with those of others. Raises as `page` does."""
    found = page(query, access=access, size=size, views=bare_views)
    return [view.record for view in found.rows]


def _unread(columns: Sequence[FieldDef]) -> list[str]:
    """Long texts are fetched where a column shows them, their normalised forms never."""
    wanted = any(f.type.storage == "long_data" for f in columns)
    return ["norm"] if wanted else ["norm", "long_data"]


def sorted_by(query: Query, access: Access) -> str:
    """As asked; else the type's own sort, as far as this person may read it; else the newest first."""
    readable = access.readable_everywhere(query.type)
    usual = (raw for raw in query.type.sort if raw.removeprefix("-") in readable)
    return query.sort or next(usual, "-id")


def default_columns(record_type: TypeDef) -> Sequence[str]:
    return record_type.columns or ("title", "owner", "modified_at")


@dataclass(frozen=True)
class Count:
    """`capped`: there are at least `number`."""

    number: int
    capped: bool


def count(query: Query, *, access: Access, exactly: bool = False) -> Count:
    """How many there are; unless asked exactly, counting stops at the cap."""
    rows = visible(query, access=access)
    with not_too_deep():
        if exactly:
            return Count(rows.count(), capped=False)
        number = rows.order_by()[: COUNT_CAP + 1].values("pk").count()
    return Count(min(number, COUNT_CAP), capped=number > COUNT_CAP)
