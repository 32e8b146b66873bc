"""When somebody is erased, the ledger keeps that the budget was passed over for them, and not why."""

from __future__ import annotations

from records.gate.batch import Batch
from records.models import ContactEntry

PASSED_OVER = "–"


def keep(batch: Batch) -> None:
    gone = [d.change.id for d in batch.sound("delete") if d.change.id is not None]
    if gone:
        rows = ContactEntry.objects.filter(record__in=gone).exclude(override="")
        rows.update(override=PASSED_OVER)
