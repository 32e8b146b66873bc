"""Lists of somebody whose role grants by a condition, over a link and over a list among their parts."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from benchmarks.clock import Row, compare
from benchmarks.handwritten import Company, Deal, OnList
from crm_config.definitions import GrantDef, RoleDef
from crm_config.live import live
from records.access import Access
from records.selectors import Query, count, page

MINE = {"field": "owner", "op": "eq", "value": {"dynamic": "me"}}
SOON = {"field": "close_date", "op": "lt", "value": "2026-02-01"}
LARGE = {"field": "customer.size", "op": "eq", "value": "large"}
CONDITIONS: Mapping[str, Any] = {
    "one's own and those that close soon": {"any": [MINE, SOON]},
    "one's own and those of large customers": {"any": [MINE, LARGE]},
    "one's own and those on a list": {"any": [MINE, {"segment": "listed"}]},
}


def under(access: Access, condition: Any) -> Access:
    """The same person, whose role grants by the condition instead."""
    grant = GrantDef("deal", "view", "condition", condition)
    role = RoleDef(key="sales", labels={}, grants={("deal", "view"): grant})
    snapshot = replace(live(), roles={"sales": role})
    return replace(access, snapshot=snapshot)


def measure(access: Access) -> Iterator[Row]:
    large = Exists(Company.objects.filter(pk=OuterRef("customer_id"), size="large"))
    listed = Exists(OnList.objects.filter(deal_id=OuterRef("pk")))
    by_hand = (Q(close_date__lt=date(2026, 2, 1)), Q(large), Q(listed))
    for (name, condition), other in zip(CONDITIONS.items(), by_hand, strict=True):
        rows = Deal.objects.filter(Q(owner_id=access.user_id) | other, archived_at=None)
        yield from both(name, under(access, condition), rows)


def both(name: str, asker: Access, rows: QuerySet[Deal]) -> Iterator[Row]:
    deal = live().types["deal"]
    yield compare(
        f"list under a condition: {name}",
        lambda: page(Query(deal, sort="-modified_at"), access=asker),
        lambda: list(rows.order_by("-modified_at", "-id")[:51]),
    )
    yield compare(
        f"count under a condition: {name}",
        lambda: count(Query(deal), access=asker, exactly=True).number,
        lambda: rows.count(),
        rounds=9,
    )
