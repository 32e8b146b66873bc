"""Several rows of which all, or any, have to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.conditions.places import under
from records.builder.rows.base import NOTHING, Row

if TYPE_CHECKING:
    from records.builder.desk import Spot
    from records.builder.load import Loader
    from records.builder.sheet import Node

MODES = (("all", _("All of these hold")), ("any", _("At least one of these holds")))


class GroupRow(Row):
    """A `bare` group is the frame around a whole condition: around one part it is not written down."""

    kind = "group"
    template = "records/conditions/group.html"
    modes = MODES

    @classmethod
    def takes(cls, raw: dict[str, Any]) -> bool:
        return len(raw) == 1 and any(isinstance(raw.get(mode), list) for mode, _label in MODES)

    @classmethod
    def write(cls, raw: dict[str, Any], node: Node, spot: Spot, load: Loader) -> bool:
        ((mode, parts),) = raw.items()
        load.sheet.put(node, mode=mode)
        node.parts = [load.enter(part, spot) for part in parts]
        return True

    @property
    def mode(self) -> str:
        return "any" if self.given("mode") == "any" else "all"

    @property
    def subject(self) -> str:
        return gettext("this group")

    @property
    def bare(self) -> bool:
        return self.given("bare") == "1"

    def inner_spot(self) -> Spot:
        return self.spot

    def read(self, place: str) -> Any:
        if self.bare and not self.parts:
            return NOTHING
        if self.bare and len(self.parts) == 1:
            return self.parts[0].json(place)
        inside = under(place, self.mode)
        return {self.mode: [p.json(f"{inside}[{at}]") for at, p in enumerate(self.parts)]}
