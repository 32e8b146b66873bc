"""Values that were left behind: they did not convert when their field changed its kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from records.conversions.context import Converting
from records.conversions.former import former_parts, standing
from records.conversions.reading import column_of, loaded
from records.models import Record
from records.models.record import RecordQuerySet

CHUNK = 500


@dataclass(frozen=True)
class Left:
    """One value left behind: as it was, of which kind it was, and why it does not convert."""

    record: Record
    field: FieldDef
    value: object
    reason: str


def fields_with(snapshot: Snapshot) -> Iterator[tuple[TypeDef, FieldDef, int]]:
    """The fields in use for which records hold something in a former form, and how many records."""
    for record_type in snapshot.active_types:
        for f in record_type.active:
            number = holders(record_type, f).count() if f.former else 0
            if number:
                yield record_type, f, number


def holders(record_type: TypeDef, field: FieldDef) -> RecordQuerySet:
    """Records that hold something in a former form of the field; while a job converts, more than are left
    in the end."""
    holds = Q(pk__in=[])
    for column, parts in former_parts(field).items():
        for part in parts:
            holds |= Q(**{f"{column}__has_key": part})
    return Record.unscoped.of(record_type).filter(holds)


def values(record_type: TypeDef, field: FieldDef, *, among: Q) -> Iterator[Left]:
    """By rising id, of the records `among` which they are asked for. Records whose field has a value again hold
    nothing that is missed."""
    context = Converting()
    rows = holders(record_type, field).filter(among).order_by("pk")
    for record in rows.iterator(chunk_size=CHUNK):
        if loaded(field, column_of(field, record)) is not None:
            continue
        found = standing(field, record, context)
        if found is not None and found.converted is None:
            yield Left(record, found.field, found.value, found.reason)
