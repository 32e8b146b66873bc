"""Queries as sets of records: exact under negation, as plain as they can be, and joined without ever growing too
deep for SQLite."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from django.db.models import Q

from crm_config.expressions import always, apart, either, never
from records.access.scopes import NOTHING

#: Parts joined in one chain.
CHAIN = 50


def exact(q: Q) -> Q:
    """The same, also as a part of others and under negation: an empty `Q` is true there, too."""
    if not q:
        return always()
    return never() if q == NOTHING else plainer(q)


def plainer(q: Q) -> Q:
    """The same written shorter: each part once, and of “A and (A or B)” only A. What may be seen and may be
    changed is often that."""
    parts: list[Any] = []
    child: Any
    for child in q.children:
        part = plainer(child) if isinstance(child, Q) else child
        inner: list[Any] = part.children if _opens(part, q.connector) else [part]
        parts += [each for each in inner if each not in parts]
    if q.connector == Q.AND and len(parts) > 1:
        parts = [part for part in parts if not _absorbed(part, parts)]
    if len(parts) == 1 and isinstance(parts[0], Q) and not q.negated:
        return parts[0]
    return Q(*parts, _connector=q.connector, _negated=q.negated)


def _opens(part: Any, connector: str) -> bool:
    """Brackets that change nothing."""
    if not isinstance(part, Q) or part.negated:
        return False
    return part.connector == connector or len(part.children) == 1


def _absorbed(part: Any, parts: list[Any]) -> bool:
    """Whether it is “A or B” while A is asked for, too."""
    if not isinstance(part, Q) or part.negated or part.connector != Q.OR:
        return False
    return any(other in part.children for other in parts if other is not part)


def same(one: Q, other: Q) -> bool:
    """Whether they are written alike; what differs in writing may still hold for the same records."""
    return one is other or bool(one == other)


def minus(one: Q, other: Q) -> Q:
    return exact(one) & ~exact(other)


def union(parts: Iterable[Q]) -> Q:
    """What any of them holds for; each told once, owners and teams in one list."""
    distinct = gathered(_distinct(map(exact, parts)))
    while len(distinct) > CHAIN:
        distinct = [apart(either(distinct[n : n + CHAIN])) for n in range(0, len(distinct), CHAIN)]
    return either(distinct)


#: Lookups that one list can ask for many.
ONE, LIST = "owner_id", "team_id__in"


def gathered(parts: list[Q]) -> list[Q]:
    """“Owner is 1 or team is in (1), owner is 2 or team is in (1)” as “owner is in (1, 2) or team is in (1)”."""
    owners: set[Any] = set()
    teams: set[Any] = set()
    others: list[Q] = []
    for q in parts:
        if not _is_plain(q):
            others.append(q)
            continue
        leaves: Any = q.children
        for name, value in leaves:
            owners |= {value} if name == ONE else set()
            teams |= set(value) if name == LIST else set()
    found = [Q(owner_id__in=sorted(owners))] if owners else []
    found += [Q(team_id__in=sorted(teams))] if teams else []
    return found + others


def _is_plain(q: Q) -> bool:
    """Owners and teams alone, any of them. No owner is not an owner: it is asked for in another way."""
    alone = len(q.children) == 1 or q.connector == Q.OR
    return alone and not q.negated and all(map(_is_listed, q.children))


def _is_listed(child: Any) -> bool:
    if not isinstance(child, tuple):
        return False
    name, value = child
    return (name == ONE and value is not None) or (name == LIST and isinstance(value, list))


def _distinct(parts: Iterable[Q]) -> list[Q]:
    return list({mark_of(q): q for q in parts}.values())


def mark_of(q: Q) -> Hashable:
    """The same for queries that are written alike; of one that cannot be told so, its own."""
    try:
        hash(q)
    except TypeError:
        return id(q)
    return q
