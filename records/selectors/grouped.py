"""How many records of a list there are by the value of a column, and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from crm_config.definitions import FieldDef
from crm_config.expressions import DataValue
from records.access import Access
from records.models import Record
from records.selectors.lists import COUNT_CAP, Query, not_too_deep, visible


@dataclass(frozen=True)
class Group:
    """`total` is in the unit in which the field is compared; None where nothing was added up."""

    number: int
    total: int | None = None


def grouped(
    query: Query, column: str, *, access: Access, total: FieldDef | None = None
) -> tuple[dict[Any, Group], bool]:
    """By the column's value; and whether there are more than the cap, so that numbers are at least what they say.
    One query. `column` is one that every record has, and `total` a field that may be read on every record.

    Raises `ConditionInvalid`.
    """
    some = visible(query, access=access).order_by()[: COUNT_CAP + 1]
    rows = Record.unscoped.of(query.type).filter(pk__in=some.values("pk")).order_by()
    wanted: dict[str, Any] = {"number": Count("pk")}
    if total is not None:
        wanted["total"] = Sum(DataValue(total.type.comparable_key(total), "bigint"))
    with not_too_deep():
        found = list(rows.values(column).annotate(**wanted))
    groups = {row[column]: Group(row["number"], row.get("total")) for row in found}
    return groups, sum(group.number for group in groups.values()) > COUNT_CAP
