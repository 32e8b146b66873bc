"""From a condition's JSON to rows. What no form can show, or would show otherwise than it is meant, stays JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from records.builder.desk import Desk, Spot
from records.builder.pretty import same
from records.builder.rows import KINDS, row_of
from records.builder.rows.base import NOTHING, Row
from records.builder.rows.group import GroupRow
from records.builder.rows.plain import PlainRow
from records.builder.sheet import Node, Sheet, empty, fresh_id


def load(raw: Any, desk: Desk, *, name: str) -> Sheet:
    """`raw` is None for no condition."""
    sheet = empty(name)
    sheet.root = Loader(sheet, desk).frame(NOTHING if raw is None else raw, desk.spot)
    return sheet


@dataclass(frozen=True)
class Loader:
    """Enters conditions into a sheet."""

    sheet: Sheet
    desk: Desk

    def frame(self, raw: Any, spot: Spot) -> Node:
        """The group around a whole condition: its own where it has one of several parts, else one for show.
        `NOTHING` gives an empty one."""
        negated, inner = _turned(raw)
        if _is_group(inner) and len(next(iter(inner.values()))) != 1:
            node = self._entered(inner, GroupRow.kind, spot)
            if node is not None:
                # Around two parts or more, the group for show is written down as the group that it is.
                self._mark(node, bare=len(node.parts) > 1, negated=negated)
                return node
        node = Node(fresh_id(), GroupRow.kind)
        self.sheet.put(node, mode="all")
        self._mark(node, bare=True)
        if raw is not NOTHING:
            node.parts = [self.enter(raw, spot)]
        return node

    def enter(self, raw: Any, spot: Spot) -> Node:
        """One node as a row."""
        negated, inner = _turned(raw)
        if isinstance(inner, dict):
            kind = next((k for k, row in KINDS.items() if row.takes(inner)), None)
            node = self._entered(inner, kind, spot) if kind else None
            if node is not None:
                self._mark(node, negated=negated)
                return node
        return self._plainly(raw, spot)

    def row(self, node: Node, spot: Spot) -> Row:
        return row_of(node, self.sheet, self.desk, spot)

    def _mark(self, node: Node, *, bare: bool = False, negated: bool = False) -> None:
        marks = {"bare": bare, "not": negated}
        self.sheet.put(node, **{key: "1" for key, holds in marks.items() if holds})

    def _entered(self, raw: Any, kind: str, spot: Spot) -> Node | None:
        """None where the rows would not say the same, to the letter."""
        node = Node(fresh_id(), kind)
        if not KINDS[kind].write(raw, node, spot, self):
            return None
        row = self.row(node, spot)
        said = same(row.json(), raw) and not row.faults
        return node if said and self._can_be_sent(node) else None

    def _can_be_sent(self, node: Node) -> bool:
        """Halves of surrogate pairs can stand in JSON, but in no page."""
        prefix = f"{self.sheet.prefix(node)}-"
        own = (name for name in self.sheet.data if name.startswith(prefix))
        try:
            for name in own:
                "".join(self.sheet.data.getlist(name)).encode()
        except UnicodeEncodeError:
            return False
        return True

    def _plainly(self, raw: Any, spot: Spot) -> Node:
        node = Node(fresh_id(), PlainRow.kind)
        PlainRow.write(raw, node, spot, self)
        return node


def _turned(raw: Any) -> tuple[bool, Any]:
    """Whether it is a negation, and of what. A double one is left as it is, to be kept whole."""
    if isinstance(raw, dict) and set(raw) == {"not"}:
        inner = raw["not"]
        if not (isinstance(inner, dict) and "not" in inner):
            return True, inner
    return False, raw


def _is_group(raw: Any) -> bool:
    return isinstance(raw, dict) and GroupRow.takes(raw)
