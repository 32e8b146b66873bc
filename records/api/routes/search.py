"""One search over all types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query

from records.api.auth import caller_of
from records.api.rendering import record_json
from records.api.routers import general as router
from records.api.schemas.lists import SearchQuery
from records.api.schemas.records import SearchOut
from records.selectors.search import Hits, search_all


@router.get(
    "search",
    response=SearchOut,
    url_name="search",
    summary="Search all types",
    exclude_unset=True,
)
def search(request: HttpRequest, query: Query[SearchQuery]) -> dict[str, Any]:
    """Every word must be found in some searchable field that you may read. By type, the newest first."""
    found = search_all(query.q, access=caller_of(request).access, per_type=query.limit)
    return {"hits": [_hits(hits) for hits in found]}


def _hits(hits: Hits) -> dict[str, Any]:
    return {
        "type": hits.type.key,
        "label": hits.type.plural_label,
        "records": [record_json(view, ()) for view in hits.rows],
        "more": hits.more,
    }
