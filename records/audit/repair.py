"""What is safe to put right in records: through the gate, so that history tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_config.definitions import Snapshot
from records import services
from records.access import Access
from records.audit.faults import Fault
from records.conversions.reading import column_of, loaded
from records.gate import Change
from records.models import Event, Record

REASON = "audit"


def repair(found: Iterable[Fault], *, snapshot: Snapshot) -> None:
    """Values as their fields write them; then all that is derived."""
    mended = [fault for fault in found if fault.record and fault.kind.mended]
    _rewrite([fault for fault in mended if fault.code == "not_canonical"], snapshot)
    if ids := sorted({fault.record for fault in mended}):
        services.refresh(ids, snapshot=snapshot)


def _rewrite(found: Sequence[Fault], snapshot: Snapshot) -> None:
    """The same values again: what they become, the gate says."""
    records = Record.unscoped.in_bulk([fault.record for fault in found])
    changes: dict[int, dict[str, object]] = {}
    for fault in found:
        record = records[fault.record]
        f = snapshot.types[fault.type].fields[fault.about]
        if f.type.computed:
            continue
        changes.setdefault(record.pk, {})[f.key] = loaded(f, column_of(f, record))
    services.execute(
        [Change("change", id=pk, values=values) for pk, values in changes.items()],
        access=Access(snapshot=snapshot, authority=True),
        channel=Event.Channel.COMMAND,
        reason=REASON,
        partial=True,
    )
