"""Records: a page of a list, and one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query

from crm_config.definitions import TypeDef
from records.access import Access
from records.api.auth import caller_of
from records.api.etags import etag
from records.api.openapi import refusing
from records.api.operations import ETAG, at_cursor, must_be_of, type_named
from records.api.parser import loads
from records.api.problems import Fault, Problem
from records.api.rendering import chosen_keys, record_json, views_for
from records.api.routers import records as router
from records.api.schemas.base import RecordId
from records.api.schemas.lists import ListQuery, OneQuery
from records.api.schemas.records import RecordOut, RecordsOut
from records.segments.rights import usable
from records.selectors import Query as Asked
from records.selectors import count, get, page


@router.get(
    "/{type}",
    response=RecordsOut,
    url_name="records",
    summary="A page of a type's records",
    exclude_unset=True,
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def list_records(
    request: HttpRequest, response: HttpResponse, type: str, query: Query[ListQuery]
) -> dict[str, Any]:
    """The records that you may see. `links` lead to the pages around; they stand in the `Link` header too."""
    access = caller_of(request).access
    record_type = type_named(type, access)
    keys = chosen_keys(query.fields, record_type, access)
    asked = Asked(
        record_type,
        where=_condition(query.where),
        segment=_segment(query.segment, record_type, access),
        sort=query.sort,
        search=query.q,
        columns=keys or ["title"],
        archived=query.archived,
    )
    labels = query.expand == "labels"
    found = page(
        asked, access=access, cursor=query.cursor, size=query.limit, views=views_for(labels=labels)
    )
    links = {"next": at_cursor(request, found.next), "previous": at_cursor(request, found.previous)}
    if any(links.values()):
        response["Link"] = _link_header(links)
    return {
        "records": [record_json(view, keys, labels=labels) for view in found.rows],
        "count": _count(query.count, asked, access),
        "links": links,
    }


@router.get(
    "/{type}/{int:id}",
    response=RecordOut,
    url_name="record",
    summary="One record",
    exclude_unset=True,
    openapi_extra=refusing(HTTPStatus.NOT_FOUND, headers={HTTPStatus.OK: ETAG}),
)
def get_record(
    request: HttpRequest,
    response: HttpResponse,
    type: str,
    id: Path[RecordId],
    query: Query[OneQuery],
) -> dict[str, Any]:
    """Archived ones too. The ETag is its version."""
    access = caller_of(request).access
    record_type = type_named(type, access)
    must_be_of(record_type, id)
    keys = chosen_keys(query.fields, record_type, access)
    labels = query.expand == "labels"
    view = get(id, access=access, keys=keys, views=views_for(labels=labels))
    response["ETag"] = etag(view.version)
    return record_json(view, keys, labels=labels)


def _condition(raw: str | None) -> Any:
    """Raises `Problem` for what is not JSON; what the JSON says is judged where it is used."""
    if raw is None:
        return None
    try:
        return loads(raw)
    except (ValueError, RecursionError) as error:
        message = _("This is not JSON.")
        raise Problem("invalid", faults=[Fault("not_json", message, place="where")]) from error


def _segment(key: str, record_type: TypeDef, access: Access) -> str:
    """Raises `Problem` for one of another type, that is not there, or not for this caller."""
    if key and key not in {s.key for s in usable(access, record_type)}:
        message = _("There is no segment “%(key)s”.") % {"key": key}
        raise Problem("invalid", faults=[Fault("segment", message, place="query.segment")])
    return key


def _count(wish: str, asked: Asked, access: Access) -> dict[str, Any] | None:
    if wish == "none":
        return None
    found = count(asked, access=access, exactly=wish == "exact")
    return {"number": found.number, "capped": found.capped}


def _link_header(links: dict[str, str | None]) -> str:
    names = {"next": "next", "previous": "prev"}
    return ", ".join(f'<{url}>; rel="{names[key]}"' for key, url in links.items() if url)
