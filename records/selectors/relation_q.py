"""Conditions over records, asked through a relation."""

from django.db.models import Q


def through(relation: str, condition: Q) -> Q:
    """A condition over records, asked of what a relation leads to."""
    moved = [
        through(relation, child) if isinstance(child, Q) else (f"{relation}__{child[0]}", child[1])
        for child in condition.children
    ]
    return Q(*moved, _connector=condition.connector, _negated=condition.negated)
