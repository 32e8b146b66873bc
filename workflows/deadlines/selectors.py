"""Deadlines as somebody sees them: those of a record, the late ones of a person, and how many were met in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, DateField, Q
from django.db.models.functions import TruncMonth

from crm_config.definitions import TypeDef
from records.access import Access
from records.selectors import Query, RecordView, views_of, visible
from workflows.deadlines.definitions import LevelDef, in_use, levels_of
from workflows.models import Deadline

State = Deadline.State
#: Of one person.
MOST = 200
LOOKED_BACK = timedelta(days=366)


def of_record(record: RecordView) -> list[tuple[LevelDef, Deadline]]:
    """In the order of the level's targets; without those no longer asked for. No query where the type has no
    service level."""
    snapshot = record.access.snapshot
    if not in_use(snapshot, record.type.key):
        return []
    rows = Deadline.objects.filter(record=record.id).exclude(state=State.DROPPED)
    found = [(level, row) for row in rows if (level := levels_of(snapshot).get(row.level))]
    return sorted(found, key=lambda pair: _place(*pair))


def _place(level: LevelDef, row: Deadline) -> int:
    keys = [target.key for target in level.targets]
    return keys.index(row.target) if row.target in keys else len(keys)


def late_for(access: Access, *, user: int) -> list[tuple[RecordView, Deadline]]:
    """Those of a person's records that are over and still not met, as far as `access` sees the records; the one
    that is late for longest first."""
    rows = Deadline.objects.filter(
        state=State.RUNNING, breached_at__isnull=False, record__owner=user
    )
    found = _seen(list(rows.order_by("breached_at", "pk").select_related("record")[:MOST]), access)
    return sorted(found, key=lambda pair: pair[1].breached_at or access.now)


def due_for(
    access: Access, *, user: int, until: datetime
) -> list[tuple[RecordView, LevelDef, Deadline]]:
    """Those of a person's records that are over or end before a moment: of each record the one that ends first."""
    if not measured_types(access):
        return []
    rows = Deadline.objects.filter(state=State.RUNNING, due_at__lt=until, record__owner=user)
    first = rows.order_by("due_at", "pk").select_related("record")[:MOST]
    levels = levels_of(access.snapshot)
    found = _seen([row for row in first if row.level in levels], access)
    return [(view, levels[row.level], row) for view, row in found]


def _seen(rows: Sequence[Deadline], access: Access) -> list[tuple[RecordView, Deadline]]:
    """Of each record the first, as far as `access` sees the records."""
    held = {row.record_id: row for row in reversed(rows)}
    seen: set[int] = set()
    for record_type in measured_types(access):
        ids = [pk for pk, row in held.items() if row.type == record_type.key]
        if ids:
            shown = visible(Query(record_type, ids=ids), access=access)
            seen.update(shown.values_list("pk", flat=True))
    views = views_of(
        [row.record for pk, row in held.items() if pk in seen], access=access, keys=("title",)
    )
    return [(view, held[view.id]) for view in views]


def measured_types(access: Access) -> list[TypeDef]:
    return [t for t in access.visible_types() if in_use(access.snapshot, t.key)]


@dataclass(frozen=True)
class Measured:
    """What was begun in one month, by what became of it so far."""

    level: LevelDef
    target: str
    month: date
    in_time: int
    late: int
    open: int

    @property
    def share(self) -> int | None:
        """Percent in time, of those of which it is known."""
        known = self.in_time + self.late
        return round(100 * self.in_time / known) if known else None

    @property
    def target_label(self) -> str:
        target = self.level.target(self.target)
        return target.label if target else self.target


def measured(record_type: TypeDef, *, access: Access) -> Sequence[Measured]:
    """Of the records that the person may see, over a year, the newest month first. One query."""
    shown = visible(Query(record_type), access=access).order_by()
    rows = Deadline.objects.filter(
        type=record_type.key,
        started_at__gte=access.now - LOOKED_BACK,
        record__in=shown.values("pk"),
    ).exclude(state=State.DROPPED)
    late = Q(breached_at__isnull=False)
    counted = (
        rows.order_by()
        .values("level", "target", month=TruncMonth("started_at", DateField(), tzinfo=access.tz))
        .annotate(
            late=Count("pk", filter=late),
            in_time=Count("pk", filter=~late & Q(state=State.MET)),
            open=Count("pk", filter=~late & ~Q(state=State.MET)),
        )
        .order_by("-month", "level", "target")
    )
    levels = levels_of(access.snapshot)
    return [
        Measured(
            levels[row["level"]],
            row["target"],
            row["month"],
            in_time=row["in_time"],
            late=row["late"],
            open=row["open"],
        )
        for row in counted
        if row["level"] in levels
    ]
