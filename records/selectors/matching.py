"""The records that a condition means, as far as somebody sees them: how many, and the newest of them."""

from __future__ import annotations

from dataclasses import dataclass

from crm_config.conditions.api import Condition
from crm_config.definitions import TypeDef
from records.access import Access
from records.selectors.conditions import standpoint
from records.selectors.lists import COUNT_CAP, Count, Query, visible
from records.selectors.reading import RecordView, views_of

FIRST = 5


@dataclass(frozen=True)
class Matches:
    count: Count
    first: list[RecordView]


def matches(condition: Condition, record_type: TypeDef, *, access: Access) -> Matches:
    """Counting stops at the cap, as in lists."""
    rows = visible(Query(record_type), access=access).filter(condition.q(standpoint(access)))
    number = rows.order_by()[: COUNT_CAP + 1].values("pk").count()
    first = list(rows.order_by("-pk").defer("norm", "long_data")[:FIRST])
    return Matches(
        Count(min(number, COUNT_CAP), capped=number > COUNT_CAP),
        views_of(first, access=access, keys=["title"]),
    )
