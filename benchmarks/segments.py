"""Segments among a hundred others, beside what somebody would write who knew them for ever."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from benchmarks.clock import Row, compare
from benchmarks.handwritten import Deal, OnList
from benchmarks.scopes import under
from crm_config.live import live
from crm_config.segments import segments_of
from records.access import Access
from records.segments.membership import members
from records.segments.services import change_list
from records.selectors import Query, page

OTHERS = 98
LISTED = 1_000
SOON = {
    "all": [
        {"field": "sector", "op": "eq", "value": "it"},
        {"field": "close_date", "op": "lt", "value": "2026-06-01"},
    ]
}


def configured() -> list[dict[str, Any]]:
    """One by condition, one by hand, and many others that nobody asks for."""
    others: list[dict[str, Any]] = [
        {"key": f"other_{n}", "type": "deal", "condition": {"any": [SOON, {"segment": "listed"}]}}
        for n in range(OTHERS)
    ]
    own: list[dict[str, Any]] = [
        {"key": "soon", "type": "deal", "condition": SOON},
        {"key": "listed", "type": "deal", "kind": "static"},
    ]
    return [*own, *others]


def fill(ids: list[int]) -> None:
    chosen = ids[:: max(1, len(ids) // LISTED)][:LISTED]
    segment = segments_of(live())["listed"]
    change_list(segment, chosen, "add", access=Access.system(), count_after=False)
    OnList.objects.bulk_create(OnList(deal_id=pk & ((1 << 40) - 1)) for pk in chosen)


def measure(access: Access, mine: Q) -> Iterator[Row]:
    deal = live().types["deal"]
    soon = Q(sector="it", close_date__lt=date(2026, 6, 1), archived_at=None)

    def listed(key: str) -> object:
        asked = Query(deal, where={"segment": key}, sort="-modified_at")
        return page(asked, access=access)

    def by_hand(where: Q) -> object:
        rows = Deal.objects.filter(mine, where, archived_at=None)
        return list(rows.order_by("-modified_at", "-id")[:51])

    yield compare("list of a segment, by condition", lambda: listed("soon"), lambda: by_hand(soon))
    on_list = Q(Exists(OnList.objects.filter(deal_id=OuterRef("pk"))))
    yield compare("list of a segment, by hand", lambda: listed("listed"), lambda: by_hand(on_list))
    granted = under(access, {"segment": "listed"})
    yield compare(
        "list under a condition: what is on a list kept by hand",
        lambda: page(Query(deal, sort="-modified_at"), access=granted),
        lambda: list(
            Deal.objects.filter(on_list, archived_at=None).order_by("-modified_at", "-id")[:51]
        ),
    )
    segment = segments_of(live())["soon"]
    yield compare(
        "count of a segment, all records",
        lambda: members(segment, live(), access.now).count(),
        lambda: Deal.objects.filter(soon).count(),
        rounds=9,
    )
