"""What every kind of row has: its place in the condition, what is wrong with it, and whether it is turned round."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.conditions.places import under
from records.builder.pretty import same

if TYPE_CHECKING:
    from records.builder.desk import Desk, Spot
    from records.builder.load import Loader
    from records.builder.sheet import Node, Sheet

#: Stands for a row that cannot be read, so that the rest can be looked at.
BROKEN: Any = {"any": []}
#: What a frame around nothing says.
NOTHING = object()


class RowFault(Exception):
    """The row cannot be read yet."""


class Row:
    """One row, read from the sheet. `json` puts its part of the condition together."""

    kind: ClassVar[str]
    template: ClassVar[str]

    def __init__(self, node: Node, sheet: Sheet, desk: Desk, spot: Spot) -> None:
        self.node, self.sheet, self.desk, self.spot = node, sheet, desk, spot
        self.parts: list[Row] = []
        self.place = ""
        self.faults: list[str] = []

    # -- from JSON

    @classmethod
    def takes(cls, raw: dict[str, Any]) -> bool:
        """Whether JSON of this form is of this kind."""
        return False

    @classmethod
    def write(cls, raw: dict[str, Any], node: Node, spot: Spot, load: Loader) -> bool:
        """Enter the JSON into the sheet; False where this kind of row cannot show it."""
        return False

    # -- to JSON

    def json(self, place: str = "") -> Any:
        """What the row says; faults are kept. `NOTHING` from a frame around nothing."""
        self.place, self.faults = place, []
        try:
            raw = self.read(under(place, "not") if self.negated else place)
        except RowFault as fault:
            self.faults.append(str(fault))
            raw = BROKEN
        return {"not": raw} if self.negated and raw is not NOTHING else raw

    def read(self, place: str) -> Any:
        """Raises `RowFault`."""
        raise NotImplementedError

    # -- as long as nobody touches it, a row says what it was made from, to the letter

    def keep(self, raw: Any, read: Any) -> None:
        if not same(raw, read):
            self.sheet.put(self.node, kept=json.dumps([raw, read]))

    def kept(self, read: Any) -> Any:
        """What is read now, or what it was made from where that reads so."""
        try:
            raw, before = json.loads(self.given("kept"))
        except (ValueError, TypeError):
            return read
        return raw if same(before, read) else read

    # -- the tree

    def inner_spot(self) -> Spot | None:
        """Where the rows inside it stand; None where there cannot be any."""
        return None

    def walk(self) -> Iterator[Row]:
        yield self
        for part in self.parts:
            yield from part.walk()

    # -- for the templates

    @property
    def id(self) -> str:
        return self.node.id

    @property
    def prefix(self) -> str:
        return self.sheet.prefix(self.node)

    @property
    def negated(self) -> bool:
        return self.given("not") == "1"

    def given(self, what: str) -> str:
        return self.sheet.get(self.node, what)

    @property
    def subject(self) -> str:
        """What the picker shows; empty for a row that has none."""
        return ""

    @property
    def kept_text(self) -> str:
        return self.given("kept")


def mean_the_same(raw: Any, read: Any, spot: Spot) -> bool:
    """Whether two comparisons do, however each is written."""
    try:
        return parse(raw, spot.context).means_the_same(parse(read, spot.context))
    except ConditionInvalid:
        return False
