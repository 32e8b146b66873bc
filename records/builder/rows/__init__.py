"""The kinds of rows, a module each. A new kind of node is one more class here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from records.builder.rows.base import Row
from records.builder.rows.changes import ChangedRow, ChangedToRow, WasRow
from records.builder.rows.comparison import ComparisonRow
from records.builder.rows.group import GroupRow
from records.builder.rows.new import NewRow
from records.builder.rows.plain import PlainRow
from records.builder.rows.related import RelatedRow
from records.builder.rows.segment import SegmentRow
from records.builder.sheet import BadShape

if TYPE_CHECKING:
    from records.builder.desk import Desk, Spot
    from records.builder.sheet import Node, Sheet

KINDS: Mapping[str, type[Row]] = {
    row.kind: row
    for row in (
        GroupRow,
        ComparisonRow,
        RelatedRow,
        SegmentRow,
        ChangedRow,
        ChangedToRow,
        WasRow,
        PlainRow,
        NewRow,
    )
}


def row_of(node: Node, sheet: Sheet, desk: Desk, spot: Spot) -> Row:
    """The row with those inside it. Raises `BadShape` for a kind that does not exist."""
    kind = KINDS.get(node.kind)
    if kind is None:
        raise BadShape(node.kind)
    row = kind(node, sheet, desk, spot)
    inner = row.inner_spot() if node.parts else None
    if inner is not None:
        row.parts = [row_of(part, sheet, desk, inner) for part in node.parts]
    return row


def rows_of(sheet: Sheet, desk: Desk) -> Row:
    """All rows, as a tree."""
    return row_of(sheet.root, sheet, desk, desk.spot)
