"""That a record is in a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from records.builder.rows.base import Row, RowFault

if TYPE_CHECKING:
    from records.builder.desk import Spot
    from records.builder.load import Loader
    from records.builder.sheet import Node


class SegmentRow(Row):
    kind = "segment"
    template = "records/conditions/segment.html"

    @classmethod
    def takes(cls, raw: dict[str, Any]) -> bool:
        return set(raw) == {"segment"} and isinstance(raw["segment"], str)

    @classmethod
    def write(cls, raw: dict[str, Any], node: Node, spot: Spot, load: Loader) -> bool:
        load.sheet.put(node, segment=raw["segment"])
        return spot.context.find_segment(raw["segment"]) is not None

    def read(self, place: str) -> Any:
        if not self.given("segment"):
            raise RowFault(_("Choose a segment."))
        return {"segment": self.given("segment")}

    @property
    def key(self) -> str:
        return self.given("segment")

    @property
    def subject(self) -> str:
        use = self.spot.context.find_segment(self.given("segment"))
        return use.label if use is not None else self.given("segment")
