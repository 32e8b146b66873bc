"""Why somebody may do something with a record, or may not."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja import Path, Query

from records.api.auth import caller_of
from records.api.openapi import refusing
from records.api.operations import must_be_of, type_named
from records.api.routers import records as router
from records.api.schemas.base import RecordId
from records.api.schemas.explaining import ExplainQuery, ExplanationOut
from records.explain import explain
from records.selectors.explaining import record_about, subject, type_about


@router.get(
    "/{type}/explain",
    response=ExplanationOut,
    url_name="explain_type",
    summary="Why you may do something with any record of a type, or may not",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_explanation_of_type(
    request: HttpRequest, type: str, query: Query[ExplainQuery]
) -> dict[str, Any]:
    """Of a type that you may see; for administrators, of any type and anybody."""
    viewer = caller_of(request).access
    record_type = type_named(type, viewer)
    access = subject(query.user, viewer=viewer)
    return explain(
        access, query.action, type_about(record_type.key, viewer=viewer), viewer=viewer
    ).json()


@router.get(
    "/{type}/{int:id}/explain",
    response=ExplanationOut,
    url_name="explain",
    summary="Why you may do something, or may not",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_explanation(
    request: HttpRequest, type: str, id: Path[RecordId], query: Query[ExplainQuery]
) -> dict[str, Any]:
    """Of a record that you see; for administrators, of any record and anybody."""
    viewer = caller_of(request).access
    must_be_of(type_named(type, viewer), id)
    record = record_about(id, viewer=viewer)
    access = subject(query.user, viewer=viewer)
    return explain(
        access, query.action, record, viewer=viewer, to=query.stage, field=query.field
    ).json()
