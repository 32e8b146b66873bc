"""A record's history as one person may read it: who changed what, when, how, from what to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import Names, ValueRefused
from records.conversions.context import Converting
from records.conversions.convert import convert
from records.conversions.history import read_back
from records.gate.sharing import KEY as SHARE
from records.models import Event, RecordShare
from records.selectors.names import (
    file_names,
    kind_of,
    link_labels,
    record_url,
    team_names,
    user_names,
)
from records.selectors.reading import RecordView

PAGE_SIZE = 30


@dataclass(frozen=True)
class FieldChange:
    """One field's values before and after, canonical; None when empty. `before_field` and `after_field` are
    the field as it was then, where it was of another kind."""

    field: FieldDef
    before: Any
    after: Any
    names: Names
    before_field: FieldDef | None = None
    after_field: FieldDef | None = None

    def _render(self, value: Any, field: FieldDef) -> SafeString | str:
        return "" if value is None else field.type.render(field, value, self.names)

    @property
    def before_html(self) -> SafeString | str:
        return self._render(self.before, self.before_field or self.field)

    @property
    def after_html(self) -> SafeString | str:
        return self._render(self.after, self.after_field or self.field)


@dataclass(frozen=True)
class ShareTold:
    """With whom, what they might do, and until when."""

    holder: str
    level: str
    until: datetime | None
    note: str


@dataclass(frozen=True)
class Entry:
    """One event. `hidden` says that it also changed fields the reader may not read: how many stays untold.
    `share` tells of a record that was shared, or no longer is."""

    event: Event
    changes: Sequence[FieldChange]
    hidden: bool
    share: ShareTold | None = None

    @property
    def silent(self) -> bool:
        """Nothing of it is for this reader."""
        return self.hidden and not self.changes


def timeline(
    view: RecordView,
    *,
    before: int | None = None,
    size: int = PAGE_SIZE,
    key: str | None = None,
    action: str | None = None,
) -> tuple[list[Entry], int | None]:
    """Events, newest first, and the id to go on from (None at the end). `key` asks for one field's history;
    a field that is hidden has none; `action` for what happened in one way, such as `changed`."""
    if key is not None:
        view.field(key)
    rows = Event.objects.filter(record_id=view.id).select_related("actor").order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    if key is not None:
        rows = rows.filter(changes__has_key=key)
    if action is not None:
        rows = rows.filter(action=action)
    events = list(rows[: size + 1])
    following = events[size - 1].pk if len(events) > size else None
    return entries(view, events[:size], key=key), following


def entries(view: RecordView, events: Sequence[Event], *, key: str | None = None) -> list[Entry]:
    names = _names(view, events)
    shown = [_entry(view, event, names, key) for event in events]
    return [entry for entry in shown if not entry.silent]


def _entry(view: RecordView, event: Event, names: Names, key: str | None) -> Entry:
    changes = []
    hidden = False
    for name in in_order(view, event.changes.keys() - {SHARE}):
        before, after = event.changes[name]
        f = _readable(view, name)
        if f is None:
            hidden = True
        elif key is None or name == key:
            change = _change(f, before, after, names, event.config_version, event.config_version)
            if change is not None:
                changes.append(change)
    return Entry(event, changes, hidden, _share(event, names))


def _share(event: Event, names: Names) -> ShareTold | None:
    if SHARE not in event.changes:
        return None
    before, after = event.changes[SHARE]
    told = after or before
    holder = (
        names.users.get(told["user"]) or _("User %(id)s") % {"id": told["user"]}
        if told["user"]
        else names.teams.get(told["team"]) or _("Team %(id)s") % {"id": told["team"]}
    )
    until = parse_datetime(told["until"]) if told["until"] else None
    level = str(RecordShare.Level(told["level"]).label)
    return ShareTold(holder, level, until, told["note"])


def in_order(view: RecordView, keys: Iterable[str]) -> list[str]:
    """Keys in the order of the type's fields, those of every record last: PostgreSQL keeps no order in JSON."""
    rank = {key: place for place, key in enumerate(view.type.fields)}
    return sorted(keys, key=lambda key: (rank.get(key, len(rank)), key))


def _readable(view: RecordView, key: str) -> FieldDef | None:
    """The field, if it is still in use and may be read."""
    try:
        return view.field(key)
    except KeyError:
        return None


def _change(
    f: FieldDef, before: Any, after: Any, names: Names, older: int, newer: int
) -> FieldChange | None:
    """What was kept of a field under two versions of the configuration; None where both are the same."""
    old, left = read_back(f, before, older)
    new, right = read_back(f, after, newer)
    left, right = _visible(old, left, names), _visible(new, right, names)
    if left == right:
        return None
    return FieldChange(f, left, right, names, old, new)


def loaded(f: FieldDef, stored: Any, version: int | None = None) -> Any:
    """A value out of history, as the field can hold it today; None for one that it cannot. `version` is
    that of the configuration it was written under."""
    then, value = read_back(f, stored, version)
    if value is None or then is f:
        return value
    try:
        return convert(then, f, value, Converting()).value
    except ValueRefused:
        return None


def _visible(f: FieldDef, value: Any, names: Names) -> Any:
    """Links without those that the reader may not see."""
    if f.type.storage == "links" and value:
        return tuple(i for i in value if i in names.records and names.records[i].visible) or None
    return value


def _names(view: RecordView, events: Iterable[Event]) -> Names:
    wanted: dict[str, set[int]] = defaultdict(set)
    for event in events:
        for told in event.changes.get(SHARE, ()):
            if told:
                wanted["users"].update({told["user"]} - {None})
                wanted["teams"].update({told["team"]} - {None})
        for key, pair in event.changes.items():
            f = _readable(view, key)
            if f is None:
                continue
            for then, value in (read_back(f, stored, event.config_version) for stored in pair):
                kind = kind_of(then)
                if value is not None and kind is not None:
                    wanted[kind].update(value if isinstance(value, tuple) else (value,))
    return Names(
        users=user_names(wanted["users"]),
        teams=team_names(wanted["teams"]),
        records=link_labels(wanted["records"], access=view.access),
        files=file_names(wanted["documents"], wanted["images"]),
        record_url=record_url,
    )


def compare(view: RecordView, older: int, newer: int) -> list[FieldChange]:
    """What changed between two versions of the record, as far as the reader may read."""
    low, high = sorted((older, newer))
    events = list(
        Event.objects.filter(record_id=view.id, version__gt=low, version__lte=high).order_by(
            "version"
        )
    )
    names = _names(view, events)
    first: dict[str, tuple[Any, int]] = {}
    last: dict[str, tuple[Any, int]] = {}
    for event in events:
        for key, (before, after) in event.changes.items():
            first.setdefault(key, (before, event.config_version))
            last[key] = (after, event.config_version)
    found = []
    for key in in_order(view, first):
        f, (before, was), (after, became) = _readable(view, key), first[key], last[key]
        change = _change(f, before, after, names, was, became) if f is not None else None
        if change is not None:
            found.append(change)
    return found
