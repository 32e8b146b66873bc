"""The reasons that people gave for going on in spite of a warning: kept with the change, told in the history."""

from __future__ import annotations

from django.utils import timezone

from records.gate import bulk
from records.gate.batch import Batch
from workflows.models import Acknowledgement

LONGEST = 500


def keep(batch: Batch) -> None:
    rows = [
        Acknowledgement(
            record_id=draft.outcome.id or 0,
            version=draft.outcome.version or 0,
            rule=rule,
            reason=reason[:LONGEST],
            by_id=batch.access.user_id,
            at=timezone.now(),
        )
        for draft in batch.drafts
        if draft.outcome.written
        for rule, reason in draft.acknowledged.items()
    ]
    bulk.insert_all(rows)
