"""A record's history."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja import Path, Query

from crm_config.definitions import FieldDef
from records.api.auth import caller_of
from records.api.openapi import refusing
from records.api.operations import at_cursor, must_be_of, type_named
from records.api.problems import Problem
from records.api.rendering import unknown_field
from records.api.routers import records as router
from records.api.schemas.base import RecordId
from records.api.schemas.history import HistoryOut
from records.api.schemas.lists import HistoryQuery
from records.selectors import get
from records.selectors.plain import plain_views
from records.selectors.timeline import Entry, FieldChange, timeline


@router.get(
    "/{type}/{int:id}/history",
    response=HistoryOut,
    url_name="history",
    summary="What happened to a record",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_history(
    request: HttpRequest, type: str, id: Path[RecordId], query: Query[HistoryQuery]
) -> dict[str, Any]:
    """Newest first: who changed which field, when, through what, from what to what."""
    access = caller_of(request).access
    record_type = type_named(type, access)
    must_be_of(record_type, id)
    view = get(id, access=access, keys=(), views=plain_views)
    if query.field is not None and query.field not in view.readable:
        raise Problem("invalid", faults=[unknown_field(query.field, place="query.field")])
    before = int(query.cursor) if query.cursor else None
    entries, following = timeline(view, before=before, size=query.limit, key=query.field)
    return {
        "entries": [_entry(e) for e in entries],
        "links": {"next": at_cursor(request, following)},
    }


def _entry(entry: Entry) -> dict[str, Any]:
    event = entry.event
    return {
        "id": event.pk,
        "at": event.at,
        "action": event.action,
        "channel": event.channel,
        "version": event.version,
        "actor": {"id": event.actor.pk, "name": str(event.actor)} if event.actor else None,
        "reason": event.reason,
        "changes": [change_json(change) for change in entry.changes],
    }


def change_json(change: FieldChange) -> dict[str, Any]:
    return {
        "field": change.field.key,
        "label": change.field.label,
        "before": _json(change.field, change.before),
        "after": _json(change.field, change.after),
    }


def _json(f: FieldDef, value: Any) -> Any:
    return None if value is None else f.type.to_json(f, value)
