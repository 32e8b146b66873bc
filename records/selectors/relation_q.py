"""Conditions over records, asked through a relation."""

from typing import Any

from django.db.models import Q


def through(relation: str, condition: Q) -> Q:
    """A condition over records, asked of what a relation leads to."""
    moved: list[Any] = []
    for child in condition.children:
        if isinstance(child, Q):
            moved.append(through(relation, child))
        elif isinstance(child, tuple):
            moved.append((f"{relation}__{child[0]}", child[1]))
        else:
            raise TypeError(f"An expression cannot be asked through a relation: {child!r}")
    return Q(*moved, _connector=condition.connector, _negated=condition.negated)
