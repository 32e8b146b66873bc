"""One record at a time: create, change, archive, restore, delete."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path
from ninja.responses import Response

from crm_config.definitions import TypeDef
from records import services
from records.api.auth import Caller, caller_of
from records.api.etags import base_version, etag
from records.api.faults import problem_of
from records.api.idempotency import once
from records.api.openapi import refusing
from records.api.operations import ETAG, IdempotencyHeader, IfMatch, must_be_of, type_named
from records.api.rendering import record_url, written_json
from records.api.routers import records as router
from records.api.schemas.base import RecordId
from records.api.schemas.records import RecordOut
from records.api.schemas.writing import ActIn, RecordIn
from records.gate import Change, Outcome
from records.models import Event

CHANNEL = Event.Channel.API
LOCATION = {"Location": {"description": "The record.", "schema": {"type": "string"}}}
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED)


@router.post(
    "/{type}",
    response={HTTPStatus.CREATED.value: RecordOut},
    url_name="create",
    summary="Create a record",
    exclude_unset=True,
    openapi_extra=refusing(
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        headers={HTTPStatus.CREATED: ETAG | LOCATION},
    ),
)
def create_record(
    request: HttpRequest,
    type: str,
    body: RecordIn,
    idempotency_key: IdempotencyHeader,
) -> HttpResponse:
    """Fields left out take their defaults; you become the owner unless you name another."""
    caller, record_type = _writer(request, type)
    change = Change(
        "create", type=record_type.key, values=body.fields, acknowledged=body.acknowledge
    )
    return once(
        request, idempotency_key, partial(_create, change, caller, record_type, body.reason)
    )


@router.patch(
    "/{type}/{int:id}",
    response=RecordOut,
    url_name="change",
    summary="Change a record",
    exclude_unset=True,
    openapi_extra=refusing(*GONE, HTTPStatus.PRECONDITION_REQUIRED, headers={HTTPStatus.OK: ETAG}),
)
def change_record(
    request: HttpRequest, type: str, id: Path[RecordId], body: RecordIn, if_match: IfMatch
) -> HttpResponse:
    """Say with `If-Match` which version you changed. Where others changed other fields meanwhile, both
    changes stand; where they changed the same ones, nothing is written and you are shown both values."""
    caller, record_type = _writer(request, type)
    must_be_of(record_type, id)
    base = base_version(if_match, required=True)
    change = Change(
        "change",
        id=id,
        values=body.fields,
        base_version=base,
        acknowledged=body.acknowledge,
    )
    return _changed(change, caller, record_type, body.reason)


@router.delete(
    "/{type}/{int:id}",
    response={HTTPStatus.NO_CONTENT.value: None},
    url_name="delete",
    summary="Delete a record for ever",
    openapi_extra=refusing(*GONE),
)
def delete_record(
    request: HttpRequest, type: str, id: Path[RecordId], if_match: IfMatch
) -> HttpResponse:
    """With its history. Archiving is the gentler way."""
    caller, record_type = _writer(request, type)
    must_be_of(record_type, id)
    change = Change("delete", id=id, base_version=base_version(if_match, required=False))
    _execute(change, caller, record_type, "")
    return HttpResponse(status=HTTPStatus.NO_CONTENT.value)


@router.post(
    "/{type}/{int:id}/archive",
    response=RecordOut,
    url_name="archive",
    summary="Archive a record",
    exclude_unset=True,
    openapi_extra=refusing(*GONE, headers={HTTPStatus.OK: ETAG}),
)
def archive_record(
    request: HttpRequest,
    type: str,
    id: Path[RecordId],
    if_match: IfMatch,
    idempotency_key: IdempotencyHeader,
    body: ActIn | None = None,
) -> HttpResponse:
    """It leaves the lists, and can be restored."""
    return _switch("archive", request, type, id, if_match, idempotency_key, body or ActIn())


@router.post(
    "/{type}/{int:id}/restore",
    response=RecordOut,
    url_name="restore",
    summary="Restore an archived record",
    exclude_unset=True,
    openapi_extra=refusing(*GONE, headers={HTTPStatus.OK: ETAG}),
)
def restore_record(
    request: HttpRequest,
    type: str,
    id: Path[RecordId],
    if_match: IfMatch,
    idempotency_key: IdempotencyHeader,
    body: ActIn | None = None,
) -> HttpResponse:
    """It comes back to the lists."""
    return _switch("restore", request, type, id, if_match, idempotency_key, body or ActIn())


def _switch(
    action: Any,
    request: HttpRequest,
    type_key: str,
    record_id: int,
    if_match: str | None,
    key: str | None,
    body: ActIn,
) -> HttpResponse:
    caller, record_type = _writer(request, type_key)
    must_be_of(record_type, record_id)
    base = base_version(if_match, required=False)
    change = Change(action, id=record_id, base_version=base, acknowledged=body.acknowledge)
    return once(request, key, partial(_changed, change, caller, record_type, body.reason))


def _writer(request: HttpRequest, type_key: str) -> tuple[Caller, TypeDef]:
    caller = caller_of(request)
    record_type = type_named(type_key, caller.access)
    caller.must_write(record_type)
    return caller, record_type


def _execute(change: Change, caller: Caller, record_type: TypeDef, reason: str) -> Outcome:
    """Raises `Problem` when it is refused."""
    outcome = services.execute_one(change, access=caller.access, channel=CHANNEL, reason=reason)
    if not outcome.ok:
        raise problem_of(outcome, record_type, caller.access)
    return outcome


def _create(change: Change, caller: Caller, record_type: TypeDef, reason: str) -> HttpResponse:
    outcome = _execute(change, caller, record_type, reason)
    location = record_url(record_type, outcome.id or 0)
    response = _answer(outcome, record_type, caller, HTTPStatus.CREATED)
    response["Location"] = location
    return response


def _changed(change: Change, caller: Caller, record_type: TypeDef, reason: str) -> HttpResponse:
    outcome = _execute(change, caller, record_type, reason)
    return _answer(outcome, record_type, caller, HTTPStatus.OK)


def _answer(
    outcome: Outcome, record_type: TypeDef, caller: Caller, status: HTTPStatus
) -> HttpResponse:
    said = written_json(outcome, record_type, caller.access)
    return Response(said, status=status.value, headers={"ETag": etag(said["version"])})
