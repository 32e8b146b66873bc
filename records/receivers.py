"""What the records do when a version is published: tables first, in its transaction; the rest by jobs."""

from typing import Any

from django.dispatch import receiver

from crm_config.definitions import FieldDef, Snapshot
from crm_config.signals import published
from jobs.services import enqueue
from records import partitions
from records.conversions import rates
from records.conversions.jobs import KIND as REFRESH
from records.conversions.needs import types_to_refresh


@receiver(published)
def make_partitions(snapshot: Snapshot, **kwargs: Any) -> None:
    partitions.ensure(snapshot.types.values())


@receiver(published)
def make_indexes(snapshot: Snapshot, **kwargs: Any) -> None:
    enqueue(kind="records.indexes", args={}, key=f"records.indexes:{snapshot.version}")


@receiver(published)
def value_rates_anew(snapshot: Snapshot, previous: Snapshot, **kwargs: Any) -> None:
    old, new = previous.company.base_currency, snapshot.company.base_currency
    if previous.version and old != new:
        rates.rebase(old, new)


@receiver(published)
def bring_in_line(snapshot: Snapshot, previous: Snapshot, **kwargs: Any) -> None:
    """Values whose field took another form, titles, search and unique values of records that stand."""
    for record_type in types_to_refresh(snapshot, previous):
        enqueue(
            kind=REFRESH,
            args={"type": record_type.key},
            key=f"{REFRESH}:{record_type.key}:{snapshot.version}",
        )


@receiver(published)
def compute_anew(snapshot: Snapshot, previous: Snapshot, **kwargs: Any) -> None:
    """Types whose computed fields are new, or are computed in another way than before."""
    for record_type in snapshot.active_types:
        before = previous.types.get(record_type.key)
        known = before.fields if before else {}
        if before and any(
            _differs(f, known.get(f.key)) for f in record_type.active if f.type.computed
        ):
            enqueue(
                kind="records.recompute",
                args={"type": record_type.key},
                key=f"records.recompute:{record_type.key}:{snapshot.version}",
            )


def _differs(f: FieldDef, before: FieldDef | None) -> bool:
    return before is None or before.retired or dict(before.options) != dict(f.options)
