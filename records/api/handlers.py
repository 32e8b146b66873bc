"""Every exception that a request can end in, as a problem. Nothing of the inside is told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from crm_config.conditions.api import ConditionInvalid
from crm_config.field_types.base import Text
from records.api.problems import Fault, Problem, response
from records.errors import NotVisible
from records.selectors.sorting import BadCursor, CannotSort

logger = logging.getLogger("django.request")

#: What the checks of parameters say, by their name; `%` takes their own limits.
MESSAGES: Mapping[str, Text] = {
    "missing": gettext_lazy("This is missing."),
    "extra_forbidden": gettext_lazy("There is no such thing here: check the spelling."),
    "int_parsing": gettext_lazy("Give a whole number."),
    "int_type": gettext_lazy("Give a whole number."),
    "bool_parsing": gettext_lazy("Give true or false."),
    "bool_type": gettext_lazy("Give true or false."),
    "string_type": gettext_lazy("Give a text."),
    "dict_type": gettext_lazy("Give an object."),
    "list_type": gettext_lazy("Give a list."),
    "literal_error": gettext_lazy("Use one of: %(expected)s."),
    "greater_than_equal": gettext_lazy("Give %(ge)s or more."),
    "less_than_equal": gettext_lazy("Give %(le)s or less."),
    "string_too_long": gettext_lazy("Shorten this to %(max_length)s characters."),
    "too_long": gettext_lazy("Give %(max_length)s at most."),
    "too_short": gettext_lazy("Give at least %(min_length)s."),
}
#: Problems that stand for exceptions of their own.
DIRECT: Mapping[type[Exception], str] = {
    NotVisible: "not_found",
    Http404: "not_found",
    RequestDataTooBig: "too_large",
    SuspiciousOperation: "unreadable",
    UnreadablePostError: "unreadable",
    AuthenticationError: "unauthenticated",
}
Handler = Callable[[HttpRequest, Any], HttpResponse]


def register(api: NinjaAPI) -> None:
    for error, handler in handlers().items():
        api.add_exception_handler(error, handler)


def handlers() -> dict[type[Exception], Handler]:
    return {
        Exception: _unforeseen,
        HttpError: _http,
        **{error: partial(_direct, code) for error, code in DIRECT.items()},
        Problem: response,
        ValidationError: _parameters,
        ConditionInvalid: _condition,
        CannotSort: partial(_value, "sort"),
        BadCursor: partial(_value, "cursor"),
    }


def _direct(code: str, request: HttpRequest, error: Exception) -> HttpResponse:
    return response(request, Problem(code))


def _value(place: str, request: HttpRequest, error: ValueError) -> HttpResponse:
    return response(request, invalid(Fault(place, str(error), place=place)))


def _condition(request: HttpRequest, error: ConditionInvalid) -> HttpResponse:
    faults = [
        Fault("condition", p.message, place=".".join(filter(None, ("where", p.place))))
        for p in error.problems
    ]
    return response(request, invalid(*faults))


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own word for a body that could not be read; the parser's reason stands behind it."""
    cause = error.__cause__
    return response(request, cause if isinstance(cause, Problem) else Problem("unreadable"))


def _parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return response(request, invalid(*map(_parameter, error.errors)))


def _parameter(raw: Mapping[str, Any]) -> Fault:
    """The name that the code gives a body is none of the caller's business."""
    source, *rest = raw["loc"]
    place = [source, *(rest[1:] if source == "body" else rest)]
    message = MESSAGES.get(raw["type"])
    said = _("This does not fit.") if message is None else str(message) % raw.get("ctx", {})
    return Fault(raw["type"], said, place=_path(place))


def _path(parts: list[str | int]) -> str:
    """`body.changes[3].fields`."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts).removeprefix(".")


def _unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("%s %s", request.method, request.path, exc_info=error)
    return response(request, Problem("internal"))


def invalid(*faults: Fault) -> Problem:
    return Problem("invalid", faults=faults)
