"""Segments: which there are, and how many records each holds. Their records: `segment` of a list."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from ninja import Path, Query

from crm_config import labels
from crm_config.segments import SegmentDef
from records.access import Access
from records.api.auth import caller_of
from records.api.openapi import refusing
from records.api.operations import type_named
from records.api.routers import segments as router
from records.api.schemas.segments import (
    SegmentDetailOut,
    SegmentKey,
    SegmentQuery,
    SegmentsOut,
    SegmentsQuery,
)
from records.models import SegmentCount
from records.segments.rights import may_keep, may_read_condition, named, usable
from records.segments.selectors import known_counts
from records.selectors import Query as Asked
from records.selectors import count


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
