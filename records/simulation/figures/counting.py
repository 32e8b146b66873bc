"""How many records are in many queries, by few scans; and some of those records."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q

from crm_config.definitions import TypeDef
from records.models import Record
from records.models.record import RecordQuerySet

#: Counts in one scan.
AT_ONCE = 40
SAMPLES = 5


def rows(record_type: TypeDef) -> RecordQuerySet:
    """What lists show: archived records are left out."""
    return Record.unscoped.of(record_type).filter(archived_at=None).order_by()


def counts(record_type: TypeDef, queries: Sequence[Q]) -> list[int]:
    found: list[int] = []
    for start in range(0, len(queries), AT_ONCE):
        some = queries[start : start + AT_ONCE]
        counted = rows(record_type).aggregate(
            **{f"n{n}": Count("pk", filter=q) for n, q in enumerate(some)}
        )
        found += [counted[f"n{n}"] for n in range(len(some))]
    return found


def samples(record_type: TypeDef, q: Q) -> list[int]:
    return list(rows(record_type).filter(q).order_by("pk").values_list("pk", flat=True)[:SAMPLES])
