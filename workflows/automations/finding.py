"""Records that automations look at, with the configuration's authority; and those that somebody sees."""

from __future__ import annotations

from collections.abc import Iterable

from crm_config.conditions.api import Condition
from crm_config.definitions import TypeDef
from records.access import Access
from records.models import Record
from records.models.record import RecordQuerySet


def by_ids(ids: Iterable[int]) -> RecordQuerySet:
    return Record.unscoped.filter(pk__in=list(ids))


def standing(record_type: TypeDef) -> RecordQuerySet:
    """Those that are not archived."""
    return Record.unscoped.of(record_type).filter(archived_at=None)


def first_seen(record_type: TypeDef, condition: Condition, access: Access) -> int | None:
    """The first of those that fit and that may be seen."""
    rows = standing(record_type).filter(access.q("view", record_type))
    found = rows.filter(condition.q(access.askers[0].standpoint)).order_by("pk").first()
    return found.pk if found else None
