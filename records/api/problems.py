"""Errors as problem details (RFC 9457): a stable code, a status, what to do, and each thing that is wrong.

A new kind of problem is one entry in `KINDS`; `docs/api.md` lists them all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from http import HTTPStatus
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext_lazy as _

from crm_config.field_types.base import Text

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """`title` says what went wrong in general; a problem's own `detail` may say more."""

    code: str
    status: HTTPStatus
    title: Text


def _kinds(*kinds: Kind) -> Mapping[str, Kind]:
    return {kind.code: kind for kind in kinds}


KINDS = _kinds(
    Kind("unreadable", HTTPStatus.BAD_REQUEST, _("The request could not be read.")),
    Kind("unauthenticated", HTTPStatus.UNAUTHORIZED, _("Send a token, or log in.")),
    Kind("token_invalid", HTTPStatus.UNAUTHORIZED, _("There is no such token.")),
    Kind("token_expired", HTTPStatus.UNAUTHORIZED, _("The token has expired: make a new one.")),
    Kind("token_revoked", HTTPStatus.UNAUTHORIZED, _("The token was revoked: make a new one.")),
    Kind("csrf", HTTPStatus.FORBIDDEN, _("The page is too old: load it again.")),
    Kind("scope_missing", HTTPStatus.FORBIDDEN, _("The token may not do this.")),
    Kind("forbidden", HTTPStatus.FORBIDDEN, _("You may not do this.")),
    Kind("not_found", HTTPStatus.NOT_FOUND, _("There is no such thing, or you may not see it.")),
    Kind("method", HTTPStatus.METHOD_NOT_ALLOWED, _("This cannot be done here.")),
    Kind("archived", HTTPStatus.CONFLICT, _("The record is archived: restore it first.")),
    Kind("held", HTTPStatus.CONFLICT, _("Something else holds on to this record.")),
    Kind("key_reused", HTTPStatus.CONFLICT, _("The key already stands for another request.")),
    Kind("closed", HTTPStatus.CONFLICT, _("It is closed, or all places are taken.")),
    Kind("too_many", HTTPStatus.TOO_MANY_REQUESTS, _("Too much was sent: wait, and try again.")),
    Kind("conflict", HTTPStatus.PRECONDITION_FAILED, _("Somebody else changed the same fields.")),
    Kind("stale", HTTPStatus.PRECONDITION_FAILED, _("The record is no longer at this version.")),
    Kind("too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("The request is too large.")),
    Kind("not_json", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _("Send JSON.")),
    Kind("invalid", HTTPStatus.UNPROCESSABLE_ENTITY, _("Something in the request does not fit.")),
    Kind(
        "version_missing",
        HTTPStatus.PRECONDITION_REQUIRED,
        _("Say with If-Match which version you changed."),
    ),
    Kind("internal", HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong on our side.")),
)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. `place` is where in the request; `more` are the code's own data."""

    code: str
    message: Text
    field: str | None = None
    place: str | None = None
    more: Mapping[str, Any] = dataclass_field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        said = {"code": self.code, "message": str(self.message)}
        if self.field is not None:
            said["field"] = self.field
        if self.place is not None:
            said["place"] = self.place
        return {**said, **self.more}


class Problem(Exception):
    """Ends a request. Raises `KeyError` for a code that is not in `KINDS`."""

    def __init__(
        self,
        code: str,
        detail: Text = "",
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.kind = KINDS[code]
        self.detail = detail
        self.faults = faults
        self.headers = headers or {}
        super().__init__(code)


def response(request: HttpRequest, problem: Problem) -> HttpResponse:
    kind = problem.kind
    said: dict[str, Any] = {
        "type": f"{reverse('api:problems')}#{kind.code}",
        "title": str(kind.title),
        "status": kind.status.value,
        "code": kind.code,
        "detail": str(problem.detail or kind.title),
        "instance": escape_uri_path(request.path),
    }
    if problem.faults:
        said["errors"] = [fault.json() for fault in problem.faults]
    return HttpResponse(
        json.dumps(said, cls=DjangoJSONEncoder),
        status=kind.status.value,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **problem.headers},
    )


FAULT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string", "description": "What to do, in the caller's language."},
        "field": {"type": "string", "description": "The key of the field."},
        "place": {"type": "string", "description": "Where in the request."},
        "rule": {"type": "string", "description": "The rule of the company that refuses."},
        "theirs": {"description": "Of a conflict: the value that stands now."},
        "mine": {"description": "Of a conflict: the value that was sent."},
        "by": {"type": ["string", "null"], "description": "Of a conflict: who changed it."},
    },
    "required": ["code", "message"],
}
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "Problem details (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "enum": list(KINDS)},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "errors": {"type": "array", "items": FAULT_SCHEMA},
    },
    "required": ["type", "title", "status", "code", "detail", "instance"],
}
