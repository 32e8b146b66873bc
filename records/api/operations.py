"""What the operations share: the type in the address, headers, links to other pages, and strictness."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Header

from crm_config.definitions import TypeDef
from records.access import Access
from records.api.problems import Fault, Problem
from records.errors import NotVisible

IfMatch = Annotated[
    str,
    Header(
        None,
        alias="If-Match",
        max_length=500,
        description="The ETag of the version that you changed, or `*` for whichever there is.",
    ),
]
IdempotencyHeader = Annotated[
    str,
    Header(
        None,
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,200}$",
        description="Of your choice: sent again with the same request within 24 hours, it gets the same "
        "answer, and nothing happens twice.",
    ),
]
ETAG = {"ETag": {"description": "The version.", "schema": {"type": "string"}}}


def type_named(key: str, access: Access) -> TypeDef:
    """Raises `NotVisible` for a type that is not there, and for one that is not for this caller."""
    found = access.snapshot.types.get(key)
    if found is None or not (access.may("view", found) or access.may("create", found)):
        raise NotVisible(key)
    return found


def must_be_of(record_type: TypeDef, record_id: int) -> None:
    """Raises `NotVisible` for the id of a record of another type."""
    if not record_type.first_id <= record_id < record_type.end_id:
        raise NotVisible(record_id)


def at_cursor(request: HttpRequest, cursor: str | int | None) -> str | None:
    """The same address at another place of the list; None at its end."""
    if cursor is None:
        return None
    query = request.GET.copy()
    query["cursor"] = str(cursor)
    return f"{request.path}?{query.urlencode()}"


def strict(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse parameters that the operation does not know: a misspelt filter would show everything."""
    known = _query_names(view)

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        strange = [name for name in request.GET if name not in known]
        if strange:
            raise Problem("invalid", faults=[_strange(name) for name in strange])
        return view(request, *args, **kwargs)

    return checked


def _query_names(view: Callable[..., Any]) -> frozenset[str]:
    models = view._ninja_operation.models  # type: ignore[attr-defined]
    return frozenset(
        name
        for model in models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    )


def _strange(name: str) -> Fault:
    message = _("There is no such thing here: check the spelling.")
    return Fault("extra_forbidden", message, place=f"query.{name}")
