"""The whole audit: each type's records in chunks, then the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from crm_config.definitions import Snapshot, TypeDef
from records.access import Access
from records.audit import derived, links, storage, values
from records.audit.faults import Fault, Report
from records.audit.repair import repair as repair_records
from records.conversions.context import Converting
from records.gate import Change
from records.gate.batch import load
from records.models import Record
from records.purge.known import removed_fields

CHUNK = 500


def audit(
    types: Iterable[TypeDef],
    *,
    snapshot: Snapshot,
    repair: bool = False,
    tables: bool = True,
    tell: Callable[[str, int], None] = lambda key, done: None,
) -> Report:
    """`tables` looks at what concerns no type too. `tell` hears how many records of a type are done.
    A repair looks again at what it mended: what still stands then is told as standing."""
    report, listed = Report(), list(types)
    for record_type in listed:
        _storage(record_type, report, repair=repair)
        _links(record_type, report, repair=repair)
        _records(record_type, snapshot, report, tell, repair=repair)
    if tables:
        _tables(snapshot, report, repair=repair)
    return report


def _storage(record_type: TypeDef, report: Report, *, repair: bool) -> None:
    found = list(storage.of_type(record_type))
    if repair and found:
        storage.repair([record_type])
        report.add(found, left=list(storage.of_type(record_type)))
    else:
        report.add(found)


def _links(record_type: TypeDef, report: Report, *, repair: bool) -> None:
    found = list(links.faults(record_type))
    if repair and found:
        links.repair(record_type)
        report.add(found, left=list(links.faults(record_type)))
    else:
        report.add(found)


def _tables(snapshot: Snapshot, report: Report, *, repair: bool) -> None:
    found = list(storage.of_all(snapshot))
    if repair and found:
        storage.repair_indexes(snapshot)
        report.add(found, left=list(storage.of_all(snapshot)))
    else:
        report.add(found)


def _records(
    record_type: TypeDef,
    snapshot: Snapshot,
    report: Report,
    tell: Callable[[str, int], None],
    *,
    repair: bool,
) -> None:
    rows = Record.unscoped.of(record_type).filter(type=record_type.key)
    ordered, last = rows.order_by("pk").values_list("pk", flat=True), 0
    removed = removed_fields(record_type.key, snapshot)
    while ids := list(ordered.filter(pk__gt=last)[:CHUNK]):
        found = look(ids, snapshot, removed)
        if repair and any(fault.kind.mended for fault in found):
            repair_records(found, snapshot=snapshot)
            report.add(found, left=look(ids, snapshot, removed))
        else:
            report.add(found)
        last = ids[-1]
        report.records[record_type.key] += len(ids)
        tell(record_type.key, report.records[record_type.key])


def look(ids: Sequence[int], snapshot: Snapshot, removed: frozenset[str]) -> list[Fault]:
    """What is wrong with these records."""
    access = Access(snapshot=snapshot, authority=True)
    drafts = load([Change("change", id=pk) for pk in ids], access, lock=False)
    sound, context = [draft for draft in drafts if draft.ok], Converting(snapshot)
    found = [fault for draft in sound for fault in values.faults(draft, context, removed)]
    return [*found, *derived.faults(sound)]
