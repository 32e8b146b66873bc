"""What a record held at an earlier version, told from its events."""

from __future__ import annotations

from typing import Any

from crm_config.definitions import FieldDef
from records.access.subjects import pooled
from records.errors import NotVisible
from records.models import Event, Record
from records.selectors.reading import RecordView
from records.selectors.timeline import loaded


def values_at(view: RecordView, version: int | None) -> dict[str, Any]:
    """The canonical values of the readable fields (owner and team too) as of a version; links as far as
    the reader sees them now."""
    fields = {f.key: f for f in (*view.fields, *_people(view))}
    values = {key: value for key in fields if (value := view.value(key)) is not None}
    if version is None or version >= view.version:
        return values
    rows = Event.objects.filter(record_id=view.id, version__gt=version).order_by("-version")
    for changes, written_under in rows.values_list("changes", "config_version"):
        for key, (before, _after) in changes.items():
            if key in fields:
                values[key] = _told(view, fields[key], before, written_under)
    return {key: value for key, value in values.items() if value is not None}


def _people(view: RecordView) -> list[FieldDef]:
    return [view.type.system[key] for key in ("owner", "team") if key in view.readable]


def event_of(view: RecordView, version: int) -> int | None:
    """The event that made a version."""
    sharing = (Event.Action.SHARED, Event.Action.UNSHARED)
    rows = Event.objects.filter(record_id=view.id, version=version).exclude(action__in=sharing)
    rows = rows.order_by("-id")
    return rows.values_list("pk", flat=True).first()


def value_before(view: RecordView, event_id: int, f: FieldDef) -> Any:
    """What a field held before an event, or None. Raises `NotVisible` where the event is not about it."""
    event = Event.objects.filter(pk=event_id, record_id=view.id).first()
    if event is None or f.key not in event.changes:
        raise NotVisible(event_id)
    return _told(view, f, event.changes[f.key][0], event.config_version)


def _told(view: RecordView, f: FieldDef, stored: Any, written_under: int) -> Any:
    """Of links, those whose records the reader sees now."""
    value = loaded(f, stored, written_under)
    if f.type.storage != "links" or not value:
        return value
    access = view.access
    rows = Record.unscoped.filter(pk__in=value).defer("long_data")
    seen = {
        row.pk
        for row in pooled(list(rows), access.snapshot)
        if (t := access.snapshot.types.get(row.type)) and access.allows("view", row, t)
    }
    return tuple(pk for pk in value if pk in seen) or None
