"""Queries that only records of a short list can answer begin with that list.

PostgreSQL takes the rows of a record type that somebody sees for all there are of it, and so expects nearly
every entry of a list among them. It then walks through the whole type in the order asked for and looks each record up,
where it should fetch the few that are listed. Told as numbers, a short list is what it begins with. A long one is
better met on the way.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import connections
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, QuerySet, Value

from records.models import SegmentMember

SHORT = 2_000


class OneOf(Func):
    """The record's id is among these: one parameter, however many they are."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, ids: list[int]) -> None:
        super().__init__(F("pk"), Value(ids, output_field=ArrayField(BigIntegerField())))


def narrowed(q: Q) -> Q:
    """The same condition. Only what every record has to fit is looked at: inside “any” or “not” a list of
    numbers would be compared one by one."""
    if q.connector != Q.AND or q.negated:
        return q
    found = Q()
    for child in q.children:
        found &= narrowed(child) if isinstance(child, Q) else _leaf(child)
    return found


def _leaf(child: object) -> Q:
    match child:
        case ("pk__in", QuerySet() as rows) if rows.model is SegmentMember:
            return _listed(rows)
        case _:
            return Q(child)


def _listed(rows: QuerySet[SegmentMember]) -> Q:
    if connections[rows.db].vendor != "postgresql":
        return Q(pk__in=rows)
    ids = list(rows.values_list("record_id", flat=True)[: SHORT + 1])
    return Q(pk__in=rows) if len(ids) > SHORT else Q(OneOf(ids))
