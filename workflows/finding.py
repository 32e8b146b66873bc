"""Records that the rules of the company look at, with the configuration's authority: nobody is shown any of them."""

from __future__ import annotations

from collections.abc import Iterable

from crm_config.definitions import TypeDef
from records.models import Record
from records.models.record import RecordQuerySet


def by_ids(ids: Iterable[int]) -> RecordQuerySet:
    return Record.unscoped.filter(pk__in=list(ids))


def standing(record_type: TypeDef) -> RecordQuerySet:
    """Those that are not archived."""
    return Record.unscoped.of(record_type).filter(archived_at=None)
