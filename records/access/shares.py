"""Records that were shared: which a person has by it, in both forms, up to the moment that is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from crm_config.definitions import TypeDef
from records.models import RecordShare

if TYPE_CHECKING:
    from records.access.asker import Asker

#: The levels that let somebody do it. Nothing else is ever shared.
LEVELS: Mapping[str, tuple[str, ...]] = {
    "view": (RecordShare.Level.VIEW, RecordShare.Level.CHANGE),
    "change": (RecordShare.Level.CHANGE,),
}


def had_by(asker: Asker) -> QuerySet[RecordShare]:
    theirs = Q(user=asker.user_id)
    if asker.standing.teams:
        theirs |= Q(team__in=sorted(asker.standing.teams))
    return RecordShare.in_force(asker.access.now).filter(theirs)


def q(asker: Asker, action: str) -> Q:
    rows = had_by(asker).filter(level__in=LEVELS[action])
    return Q(pk__in=rows.values("record_id"))


def with_person(asker: Asker, record_type: TypeDef) -> Mapping[int, str]:
    """The greatest level by record, of one type: one query."""
    rows = had_by(asker).filter(
        record_id__gte=record_type.first_id, record_id__lt=record_type.end_id
    )
    found: dict[int, str] = {}
    for record_id, level in rows.values_list("record_id", "level"):
        if found.get(record_id) != RecordShare.Level.CHANGE:
            found[record_id] = level
    return found
