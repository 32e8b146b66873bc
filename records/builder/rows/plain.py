"""A part that no form can show: kept whole, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from records.builder.pretty import pretty
from records.builder.rows.base import Row, RowFault

if TYPE_CHECKING:
    from records.builder.desk import Spot
    from records.builder.load import Loader
    from records.builder.sheet import Node


class PlainRow(Row):
    kind = "json"
    template = "records/conditions/plain.html"

    @classmethod
    def write(cls, raw: Any, node: Node, spot: Spot, load: Loader) -> bool:
        load.sheet.put(node, json=pretty(raw))
        return True

    def read(self, place: str) -> Any:
        try:
            return json.loads(self.given("json"))
        except (ValueError, RecursionError) as error:
            raise RowFault(_("This is not JSON.")) from error

    @property
    def text(self) -> str:
        return self.given("json")

    @property
    def lines(self) -> int:
        return min(max(self.text.count("\n") + 1, 2), 12)
