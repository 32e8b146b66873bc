"""Ids, partitions, sequences and indexes against what is configured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import Max

from crm_config.definitions import SERIAL_BITS, Snapshot, TypeDef
from crm_config.models import TypeNumber
from records import indexes, partitions
from records.audit.faults import Fault
from records.models import Record, TypeSerial
from records.models.record import RecordQuerySet

SERIAL = (1 << SERIAL_BITS) - 1


def of_type(record_type: TypeDef) -> Iterator[Fault]:
    for pk in _misnamed(record_type).values_list("pk", flat=True).iterator():
        yield Fault("type_is_not_the_ids", record_type.key, record=pk)
    if partitions.on_postgres():
        if not exists(partitions.partition_name(record_type.number)):
            yield Fault("no_partition", record_type.key)
        if not exists(partitions.sequence_name(record_type.number)):
            yield Fault("no_sequence", record_type.key)
            return
    if last_given(record_type) < last_taken(record_type):
        yield Fault("sequence_behind", record_type.key)


def _misnamed(record_type: TypeDef) -> RecordQuerySet:
    return in_range(record_type).exclude(type=record_type.key)


def in_range(record_type: TypeDef) -> RecordQuerySet:
    """By ids alone, whatever the rows say of their type."""
    return Record.unscoped.filter(pk__gte=record_type.first_id, pk__lt=record_type.end_id)


def of_all(snapshot: Snapshot) -> Iterator[Fault]:
    """Records of types that are gone, and indexes."""
    gone = TypeNumber.objects.exclude(key__in=snapshot.types)
    for key, number in gone.values_list("key", "number"):
        low, high = number << SERIAL_BITS, (number + 1) << SERIAL_BITS
        if Record.unscoped.filter(pk__gte=low, pk__lt=high).exists():
            yield Fault("no_such_type", key)
    steps = indexes.plan(snapshot)
    yield from (Fault("missing_index", about=index.label) for index in steps.missing)
    yield from (Fault("surplus_index", about=name) for name in steps.superfluous)


def exists(name: str) -> bool:
    """A relation of PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f'"{name}"'])
        return bool(cursor.fetchone()[0])


def last_taken(record_type: TypeDef) -> int:
    """The greatest serial that a record has."""
    last = in_range(record_type).aggregate(last=Max("pk"))["last"]
    return 0 if last is None else last & SERIAL


def last_given(record_type: TypeDef) -> int:
    """The last serial that was handed out."""
    if not partitions.on_postgres():
        row = TypeSerial.objects.filter(type_number=record_type.number).first()
        return row.last if row else 0
    with connection.cursor() as cursor:
        name = partitions.sequence_name(record_type.number)
        cursor.execute(f'SELECT last_value, is_called FROM "{name}"')  # noqa: S608
        last, called = cursor.fetchone()
        return int(last) if called else 0


def repair(types: Iterable[TypeDef]) -> None:
    """Types as ids tell them, partitions and sequences that are missing, sequences that are behind."""
    for record_type in types:
        partitions.repair(record_type)
        _misnamed(record_type).update(type=record_type.key)
        if last_given(record_type) < last_taken(record_type):
            partitions.go_on_after(record_type, last_taken(record_type))


def repair_indexes(snapshot: Snapshot) -> None:
    for _done in indexes.carry_out(indexes.plan(snapshot)):
        pass
