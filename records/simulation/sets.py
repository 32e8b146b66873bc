"""Queries as sets of records: exact under negation, joined without ever growing too deep for SQLite."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from django.db.models import Q

from crm_config.expressions import always, apart, either, never
from records.access.scopes import NOTHING

#: Parts joined in one chain.
CHAIN = 50


def exact(q: Q) -> Q:
    """The same, also as a part of others and under negation: an empty `Q` is true there, too."""
    if not q:
        return always()
    return never() if q == NOTHING else q


def same(one: Q, other: Q) -> bool:
    """Whether they are written alike; what differs in writing may still hold for the same records."""
    return one is other or bool(one == other)


def minus(one: Q, other: Q) -> Q:
    return exact(one) & ~exact(other)


def union(parts: Iterable[Q]) -> Q:
    """What any of them holds for; each told once."""
    distinct = _distinct(map(exact, parts))
    while len(distinct) > CHAIN:
        distinct = [apart(either(distinct[n : n + CHAIN])) for n in range(0, len(distinct), CHAIN)]
    return either(distinct)


def _distinct(parts: Iterable[Q]) -> list[Q]:
    return list({mark_of(q): q for q in parts}.values())


def mark_of(q: Q) -> Hashable:
    """The same for queries that are written alike; of one that cannot be told so, its own."""
    try:
        hash(q)
    except TypeError:
        return id(q)
    return q
