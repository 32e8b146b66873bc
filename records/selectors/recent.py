"""What a person looked at last, and what they marked. What they may no longer see is left out."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q
from django.utils import timezone

from records.access import Access
from records.models import RecentRecord, Record, StarredRecord
from records.selectors.reading import RecordView, views_of

KEPT = 50


def seen_q(access: Access) -> Q:
    """All that a person may see, over all types. For short lists of known ids only."""
    reach = Q(pk__in=[])
    for record_type in access.visible_types():
        within = Q(id__gte=record_type.first_id, id__lt=record_type.end_id)
        reach |= within & access.q("view", record_type)
    return reach


def visible_in_order(ids: Sequence[int], *, access: Access) -> list[RecordView]:
    """The records of a short list of ids that may be seen, in the list's order."""
    rows = (
        {row.pk: row for row in Record.unscoped.filter(seen_q(access), pk__in=ids)} if ids else {}
    )
    return views_of([rows[pk] for pk in ids if pk in rows], access=access, keys=["title"])


def recent(*, access: Access, most: int = 10) -> list[RecordView]:
    ids = RecentRecord.objects.filter(user=access.user_id).values_list("record_id", flat=True)
    return visible_in_order(list(ids[: most * 2]), access=access)[:most]


def starred(*, access: Access, most: int = 50) -> list[RecordView]:
    ids = (
        StarredRecord.objects.filter(user=access.user_id)
        .order_by("-id")
        .values_list("record_id", flat=True)
    )
    return visible_in_order(list(ids[:most]), access=access)


def is_starred(record_id: int, *, access: Access) -> bool:
    return StarredRecord.objects.filter(user=access.user_id, record=record_id).exists()


def remember(record_id: int, *, access: Access) -> None:
    """Note that a record was looked at: one statement."""
    if access.user_id is None or access.read_only:
        return
    note = RecentRecord(user_id=access.user_id, record_id=record_id, at=timezone.now())
    RecentRecord.objects.bulk_create(
        [note], update_conflicts=True, unique_fields=["user", "record"], update_fields=["at"]
    )


def forget_old() -> int:
    """Leave of each person the latest that are ever shown; how many went."""
    gone = 0
    many = RecentRecord.objects.order_by().values("user").annotate(number=Count("pk"))
    for user_id in many.filter(number__gt=KEPT).values_list("user", flat=True):
        kept = RecentRecord.objects.filter(user=user_id).values_list("pk", flat=True)[:KEPT]
        gone += RecentRecord.objects.filter(user=user_id).exclude(pk__in=list(kept)).delete()[0]
    return gone


def star(record_id: int, *, access: Access, on: bool) -> None:
    if access.user_id is None:
        return
    if on:
        StarredRecord.objects.get_or_create(user_id=access.user_id, record_id=record_id)
    else:
        StarredRecord.objects.filter(user=access.user_id, record=record_id).delete()


def newest_of_mine(*, access: Access, most: int = 10) -> list[RecordView]:
    """What this person owns, changed last first, over all types they see."""
    rows = Record.unscoped.filter(seen_q(access), owner=access.user_id, archived_at=None)
    found = list(rows.order_by("-modified_at", "-id")[:most])
    return views_of(found, access=access, keys=["title"])
