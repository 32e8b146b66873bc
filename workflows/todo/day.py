"""A person's day: what is overdue, what comes up today, and what else waits for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from records.access import Access
from workflows.models import Snooze
from workflows.todo.items import Item
from workflows.todo.origins import origins
from workflows.todo.sources.base import Asked, sources


@dataclass
class Day:
    """Each list in the order of its times. `later` is by day, for as many days as were asked for."""

    overdue: list[Item] = field(default_factory=list)
    today: list[Item] = field(default_factory=list)
    waiting: list[Item] = field(default_factory=list)
    later: dict[date, list[Item]] = field(default_factory=dict)
    snoozed: int = 0

    @property
    def empty(self) -> bool:
        return not (self.overdue or self.today or self.waiting or self.later)


def midnight(day: date, access: Access) -> datetime:
    """The beginning of a day where the company is."""
    return datetime.combine(day, time(), access.tz)


def day(access: Access, *, user: int | None = None, ahead: int = 0) -> Day:
    """Of `access`'s own user, or of another as far as `access` sees what is theirs; with the days ahead."""
    whose = access.user_id if user is None else user
    if whose is None:
        return Day()
    today = access.now.astimezone(access.tz).date()
    until = midnight(today + timedelta(days=ahead + 1), access)
    asked = Asked(access, whose, until)
    found = [item for source in sources() for item in source.items(asked)]
    hidden = put_off(whose, access) if whose == access.user_id else set()
    return _sorted(_once(found, access), hidden, today, access)


def _once(found: Sequence[Item], access: Access) -> list[Item]:
    """What is done in a record that has a line of its own is not told twice: that line says where it comes from."""
    ids = {item.record.id for item in found if item.record is not None}
    known = origins(ids, access=access)
    return [
        replace(item, origin=known[item.record.id])
        if item.record is not None and item.record.id in known
        else item
        for item in found
        if item.work is None or item.work not in ids
    ]


def put_off(user: int, access: Access) -> set[int]:
    rows = Snooze.objects.filter(user=user, until__gt=access.now)
    return set(rows.values_list("record_id", flat=True))


def _sorted(found: Iterable[Item], hidden: set[int], today: date, access: Access) -> Day:
    shown = Day()
    for item in sorted(found, key=lambda item: (item.at is None, item.at or access.now)):
        if item.record is not None and item.record.id in hidden:
            shown.snoozed += 1
        elif item.at is None:
            shown.waiting.append(item)
        elif item.at < access.now and item.at.astimezone(access.tz).date() < today:
            shown.overdue.append(item)
        elif (when := item.at.astimezone(access.tz).date()) == today:
            shown.today.append(item)
        else:
            shown.later.setdefault(when, []).append(item)
    return shown
