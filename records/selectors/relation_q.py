"""Conditions over records, asked through a relation."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from records.models import Record


def through(relation: str, condition: Q) -> Q:
    """A condition over records, asked of what a relation leads to: moved along it where it names columns alone,
    else asked of the record itself."""
    moved = _moved(relation, condition)
    if moved is not None:
        return moved
    return Q(Exists(Record.unscoped.filter(condition, pk=OuterRef(f"{relation}_id"))))


def _moved(relation: str, condition: Q) -> Q | None:
    """None where it holds an expression, which knows its own query's columns."""
    moved: list[Any] = []
    for child in condition.children:
        inner = _moved(relation, child) if isinstance(child, Q) else child
        if isinstance(child, tuple):
            inner = (f"{relation}__{child[0]}", child[1])
        elif inner is None or not isinstance(inner, Q):
            return None
        moved.append(inner)
    return Q(*moved, _connector=condition.connector, _negated=condition.negated)
