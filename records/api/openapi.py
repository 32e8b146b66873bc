"""What every operation's description says besides its own: which problems may come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from records.api.problems import MEDIA_TYPE, PROBLEM_SCHEMA

Description = dict[str, Any]
ALWAYS = (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.INTERNAL_SERVER_ERROR)
WITH_SECURITY = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
WITH_BODY = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)


def refusing(
    *statuses: HTTPStatus, headers: Mapping[HTTPStatus, Description] | None = None
) -> Description:
    """For `openapi_extra`: the problems that an operation has of its own, and its answers' headers."""
    responses = _responses(statuses)
    for status, described in (headers or {}).items():
        responses[status.value] = {"headers": described}
    return {"responses": responses}


def complete(schema: Description) -> None:
    """Add the problems that come back from anywhere, and their shape; the paths in their order."""
    schema["paths"] = dict(sorted(schema["paths"].items()))
    schema["components"]["schemas"]["Problem"] = PROBLEM_SCHEMA
    for methods in schema["paths"].values():
        for operation in methods.values():
            for status, described in _responses(_shared(operation)).items():
                operation["responses"].setdefault(status, described)
            operation["responses"] = {str(k): v for k, v in operation["responses"].items()}


def _shared(operation: Description) -> Iterable[HTTPStatus]:
    yield from ALWAYS
    if "security" in operation:
        yield from WITH_SECURITY
    if "requestBody" in operation:
        yield from WITH_BODY


def _responses(statuses: Iterable[HTTPStatus]) -> dict[int, Description]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {s.value: {"description": s.phrase, "content": content} for s in statuses}
