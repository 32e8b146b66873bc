"""Segments: which there are, how many records each holds, and the lists that people keep. Their records: `segment`
of a list."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Path, Query
from ninja.responses import Response

from crm_config import labels
from crm_config.segments import SegmentDef
from records.access import Access
from records.api.auth import caller_of
from records.api.idempotency import once
from records.api.openapi import refusing
from records.api.operations import IdempotencyHeader, at_cursor, type_named
from records.api.problems import Problem
from records.api.routers import segments as router
from records.api.schemas.segments import (
    EntriesOut,
    EntriesQuery,
    ListChangeIn,
    ListChangeOut,
    SegmentDetailOut,
    SegmentKey,
    SegmentQuery,
    SegmentsOut,
    SegmentsQuery,
)
from records.errors import Forbidden
from records.models import SegmentCount
from records.segments.rights import may_keep, may_read_condition, named, usable
from records.segments.selectors import Listed, known_counts, listed
from records.segments.services import change_list
from records.selectors import Query as Asked
from records.selectors import count
from records.selectors.sorting import BadCursor

SALT = "records.segments.entries"


@router.get(
    "",
    response=SegmentsOut,
    url_name="segments",
    summary="Segments",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def list_segments(request: HttpRequest, query: Query[SegmentsQuery]) -> dict[str, Any]:
    """Those that you may use, by name."""
    access = caller_of(request).access
    record_type = type_named(query.type, access) if query.type is not None else None
    found = usable(access, record_type)
    counts = known_counts(found, access=access)
    return {"segments": [_segment(s, counts.get(s.key), access) for s in found]}


@router.get(
    "/{key}",
    response=SegmentDetailOut,
    url_name="segment",
    summary="One segment",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_segment(
    request: HttpRequest, key: Path[SegmentKey], query: Query[SegmentQuery]
) -> dict[str, Any]:
    """With the number of its records that you see."""
    access = caller_of(request).access
    found = named(key, access)
    counted = known_counts([found], access=access).get(key)
    return {**_segment(found, counted, access), "count": _count(found, query.count, access)}


@router.get(
    "/{key}/entries",
    response=EntriesOut,
    url_name="segment_entries",
    summary="What people put into a segment, or keep out of it",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def list_segment_entries(
    request: HttpRequest, key: Path[SegmentKey], query: Query[EntriesQuery]
) -> dict[str, Any]:
    """With who, when and why. Its records: `segment` of a list."""
    access = caller_of(request).access
    segment = named(key, access)
    after = _place(query.cursor, key) if query.cursor else None
    found = listed(segment, access=access, most=query.limit + 1, after=after)
    shown = found[: query.limit]
    cursor = _cursor(shown[-1], key) if len(found) > query.limit else None
    return {
        "entries": [_entry(entry) for entry in shown],
        "links": {"next": at_cursor(request, cursor)},
    }


def _cursor(last: Listed, key: str) -> str:
    return signing.dumps([key, last.entry.at.isoformat(), last.entry.pk], salt=SALT)


def _place(cursor: str, key: str) -> tuple[datetime, int]:
    """Raises `BadCursor`."""
    try:
        of, at, pk = signing.loads(cursor, salt=SALT)
    except signing.BadSignature as error:
        raise BadCursor(_("This page's address is broken: start from the first page.")) from error
    if of != key:
        raise BadCursor(_("This page belongs to another segment: start from the first page."))
    return datetime.fromisoformat(at), pk


@router.post(
    "/{key}/entries",
    response=ListChangeOut,
    url_name="segment_change",
    summary="Put records into a segment, or take them out",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def change_segment_entries(
    request: HttpRequest,
    key: Path[SegmentKey],
    body: ListChangeIn,
    idempotency_key: IdempotencyHeader,
) -> HttpResponse:
    """For who keeps its list. Records that are refused stay as they were; the others are done."""
    caller = caller_of(request)
    segment = named(key, caller.access)
    caller.must_write(segment.record_type)
    return once(request, idempotency_key, partial(_change, segment, body, caller.access))


def _change(segment: SegmentDef, body: ListChangeIn, access: Access) -> HttpResponse:
    try:
        outcomes = change_list(segment, body.ids, body.action, access=access, why=body.why)
    except Forbidden as error:
        raise Problem("forbidden", str(error)) from error
    said = [{"id": o.id, "code": o.code, "message": o.message, "ok": o.ok} for o in outcomes]
    return Response({"ok": all(o.ok for o in outcomes), "outcomes": said})


def _entry(found: Listed) -> dict[str, Any]:
    entry = found.entry
    return {
        "record": entry.record_id,
        "title": found.record.title,
        "added": entry.added,
        "at": entry.at,
        "by": {"id": entry.by.pk, "name": str(entry.by)} if entry.by else None,
        "why": entry.why,
    }


def _segment(segment: SegmentDef, counted: SegmentCount | None, access: Access) -> dict[str, Any]:
    records = reverse("api:records", args=[segment.record_type.key])
    return {
        "key": segment.key,
        "label": segment.label,
        "description": labels.text(segment.description),
        "type": segment.record_type.key,
        "kind": segment.kind,
        "where": segment.condition if may_read_condition(segment, access) else None,
        "may_keep": may_keep(segment, access),
        "counted": {"number": counted.number, "at": counted.at} if counted else None,
        "url": reverse("api:segment", args=[segment.key]),
        "records": f"{records}?{urlencode({'segment': segment.key})}",
    }


def _count(segment: SegmentDef, wish: str, access: Access) -> dict[str, Any] | None:
    if wish == "none":
        return None
    asked = Asked(segment.record_type, segment=segment.key)
    found = count(asked, access=access, exactly=wish == "exact")
    return {"number": found.number, "capped": found.capped}
