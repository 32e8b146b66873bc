"""What happened to a record: its timeline, all of its history, and two of its versions side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef
from records.errors import NotVisible
from records.forms import writable
from records.models import Event
from records.selectors.timeline import Entry, FieldChange, compare, timeline
from records.timeline_notes import Note, moment, told
from records.views.base import RecordScreen


@dataclass(frozen=True)
class ShownChange:
    """`put_back_url` is empty where the reader may not give the field a value."""

    change: FieldChange
    put_back_url: str


@dataclass(frozen=True)
class ShownEntry:
    entry: Entry
    changes: list[ShownChange]


@dataclass(frozen=True)
class Day:
    at: Any
    entries: list[ShownEntry | Note]


def _moment_of(event: int | str | None) -> datetime | None:
    pk = str(event or "")
    if not (pk.isascii() and pk.isdigit()):
        return None
    return Event.objects.filter(pk=int(pk)).values_list("at", flat=True).first()


class TimelineMixin(RecordScreen):
    only = {"changes": Event.Action.CHANGED}

    @cached_property
    def field(self) -> FieldDef | None:
        """The one field whose history is asked for."""
        key = self.request.GET.get("field")
        if not key:
            return None
        try:
            return self.record.field(key)
        except KeyError as error:
            raise NotVisible(key) from error

    @cached_property
    def found(self) -> tuple[list[Entry], int | None]:
        before = self.request.GET.get("before", "")
        return timeline(
            self.record,
            before=int(before) if before.isascii() and before.isdigit() else None,
            key=self.field.key if self.field else None,
            action=self.only.get(self.request.GET.get("show", "")),
        )

    @cached_property
    def writable(self) -> frozenset[str]:
        return frozenset(f.key for f in writable.of_record(self.record))

    def shown(self, entry: Entry) -> ShownEntry:
        return ShownEntry(entry, [self._change(entry, change) for change in entry.changes])

    def _change(self, entry: Entry, change: FieldChange) -> ShownChange:
        key = change.field.key
        may = key in self.writable and entry.event.action == Event.Action.CHANGED
        args = [self.record.id, key, entry.event.pk]
        return ShownChange(change, reverse("records:put_back", args=args) if may else "")

    def notes(self, following: int | None) -> list[Note]:
        """What apps tell of the time of this page; one field has none."""
        if self.field or self.request.GET.get("show"):
            return []
        before = self.request.GET.get("before", "")
        return told(self.record, after=_moment_of(following), before=_moment_of(before))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries, following = self.found
        rows: list[Entry | Note] = [*entries]
        if notes := self.notes(following):
            rows = sorted([*entries, *notes], key=moment, reverse=True)
        return super().get_context_data(
            days=list(self.days(rows)),
            following=following,
            show=self.request.GET.get("show", ""),
            field=self.field,
            **kwargs,
        )

    def days(self, rows: list[Entry | Note]) -> Iterable[Day]:
        for _date, some in groupby(rows, lambda row: timezone.localtime(moment(row)).date()):
            of_day = list(some)
            shown = [row if isinstance(row, Note) else self.shown(row) for row in of_day]
            yield Day(moment(of_day[0]), shown)


class TimelineView(TimelineMixin):
    """The part of a record's page that tells what happened."""

    part_template = "records/record/timeline.html"

    def get_page_title(self) -> str:
        return _("Timeline")


class HistoryView(TimelineMixin):
    """All of it, or one field's, with values to put back and versions to compare."""

    template_name = "records/history.html"

    def get_page_title(self) -> str:
        return _("History")


class CompareView(RecordScreen):
    template_name = "records/compare.html"

    def get_page_title(self) -> str:
        return _("Compare")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        older, newer = sorted((self._version("a"), self._version("b")))
        return super().get_context_data(
            older=older, newer=newer, changes=compare(self.record, older, newer), **kwargs
        )

    def _version(self, name: str) -> int:
        given = self.request.GET.get(name, "")
        return int(given[:9]) if given.isascii() and given.isdigit() else self.record.version
