"""A day as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records.access import Access
from records.selectors.names import record_url
from workflows.todo.day import Day
from workflows.todo.items import Item
from workflows.todo.snoozing import LENGTHS
from workflows.todo.sources.activities import about


@dataclass(frozen=True)
class Line:
    item: Item
    late: str
    time: datetime | None
    about: list[tuple[str, str]]

    @property
    def url(self) -> str:
        return self.item.address

    @property
    def done_url(self) -> str:
        record = self.item.record
        return reverse("todo:done", args=[record.id]) if record and self.item.closes else ""

    @property
    def snooze_url(self) -> str:
        record = self.item.record
        return reverse("todo:snooze", args=[record.id]) if record else ""


@dataclass(frozen=True)
class Shown:
    overdue: list[Line]
    today: list[Line]
    waiting: list[Line]
    later: list[tuple[date, list[Line]]]
    snoozed: int
    lengths: list[tuple[str, str]]

    @property
    def empty(self) -> bool:
        return not (self.overdue or self.today or self.waiting or self.later)


def shown(day: Day, access: Access) -> Shown:
    def lines(items: Iterable[Item]) -> list[Line]:
        return [_line(item, access) for item in items]

    return Shown(
        lines(day.overdue),
        lines(day.today),
        lines(day.waiting),
        [(when, lines(items)) for when, items in sorted(day.later.items())],
        day.snoozed,
        [(key, str(label)) for key, label in LENGTHS.items()],
    )


def _line(item: Item, access: Access) -> Line:
    held = about(item.record) if item.record else []
    linked = [(record_url(pk), title) for pk, title in held]
    return Line(item, late(item, access), item.at, linked)


def late(item: Item, access: Access) -> str:
    """How many days ago it should have been done."""
    if item.at is None:
        return ""
    today = access.now.astimezone(access.tz).date()
    days = (today - item.at.astimezone(access.tz).date()).days
    if days > 0:
        return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}
    return _("late") if item.at < access.now else ""
