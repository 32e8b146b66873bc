"""A board: the records of a list by stage, with how many there are and what they are worth together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crm_config.definitions import FieldDef
from crm_config.field_types.base import Names
from records.access import Access
from records.models import Record
from records.selectors import Page, Query, RecordView, bare_views, page, views_of
from records.selectors.grouped import Group, grouped
from workflows.pipelines.definitions import PipelineDef, StageDef

CARDS = 20
#: What a card shows beside the title.
SHOWN = ("title", "owner", "stage", "stage_entered_at")
SORT = "-stage_entered_at"


@dataclass
class Column:
    """`count` and `total` are of all records of the stage, cards only those fetched. `more` is the cursor of the
    next ones."""

    stage: StageDef
    cards: list[RecordView] = field(default_factory=list)
    count: int = 0
    total: str = ""
    more: str | None = None


@dataclass(frozen=True)
class Board:
    """`capped`: there are more records than were counted, so that numbers are at least what they say."""

    pipeline: PipelineDef
    columns: list[Column]
    capped: bool = False


def amount_of(query: Query, access: Access) -> FieldDef | None:
    """What a column sums: the amount of deals, for those who may read it on every record."""
    f = query.type.fields.get("amount")
    if f is None or f.retired or f.type.key != "money":
        return None
    return f if f.key in access.readable_everywhere(query.type) else None


def in_stage(query: Query, stage: str) -> Query:
    part = {"field": "stage", "op": "eq", "value": stage}
    where = part if query.where is None else {"all": [query.where, part]}
    return replace(query, where=where, sort=SORT, columns=SHOWN)


def cards(query: Query, stage: str, *, access: Access, cursor: str = "") -> Page:
    """Raises `BadCursor`, `ConditionInvalid`."""
    return page(in_stage(query, stage), access=access, cursor=cursor, size=CARDS, views=shown)


def shown(records: Sequence[Record], *, access: Access, keys: Any = None) -> list[RecordView]:
    return views_of(records, access=access, keys=(*SHOWN, "amount"))


def board(query: Query, pipeline: PipelineDef, *, access: Access) -> Board:
    """A query for the numbers, one for each stage, and those for the names of all cards together.

    Raises `ConditionInvalid`."""
    amount = amount_of(query, access)
    figures, capped = grouped(query, "stage", access=access, total=amount)
    columns, found = [], {}
    for stage in pipeline.active:
        one = page(in_stage(query, stage.key), access=access, size=CARDS, views=bare_views)
        group = figures.get(stage.key, Group(0))
        total = _money(amount, group.total)
        columns.append(Column(stage, count=group.number, total=total, more=one.next))
        found[stage.key] = [view.record for view in one.rows]
    views = {v.id: v for v in shown([r for rows in found.values() for r in rows], access=access)}
    for column in columns:
        column.cards = [views[record.pk] for record in found[column.stage.key]]
    return Board(pipeline, columns, capped)


def _money(f: FieldDef | None, worth: int | None) -> str:
    if f is None or not worth:
        return ""
    return str(f.type.display(f, f.type.from_comparable(f, worth), Names()))
