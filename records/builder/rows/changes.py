"""What has changed: only where the context asks about that, as triggers do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.conditions.offers import before, path_in
from crm_config.conditions.places import under
from records.builder.rows.base import NOTHING, Row, RowFault

if TYPE_CHECKING:
    from records.builder.desk import Spot
    from records.builder.load import Loader
    from records.builder.sheet import Node


class ChangedRow(Row):
    """A field has another value than before."""

    kind = "changed"
    template = "records/conditions/changed.html"

    @classmethod
    def takes(cls, raw: dict[str, Any]) -> bool:
        return set(raw) == {"changed"} and isinstance(raw["changed"], str)

    @classmethod
    def write(cls, raw: dict[str, Any], node: Node, spot: Spot, load: Loader) -> bool:
        load.sheet.put(node, field=raw["changed"])
        known = path_in(raw["changed"], before(spot.context))
        return cls.kind in spot.context.nodes and known is not None

    def read(self, place: str) -> Any:
        if not self.given("field"):
            raise RowFault(_("Choose a field."))
        return {"changed": self.given("field")}

    @property
    def key(self) -> str:
        return self.given("field")

    @property
    def subject(self) -> str:
        path = path_in(self.given("field"), before(self.spot.context))
        return path.field.label if path else self.given("field")


class _StateRow(Row):
    """A condition on the record as it was."""

    template = "records/conditions/state.html"
    phrase: Any = ""

    @classmethod
    def takes(cls, raw: dict[str, Any]) -> bool:
        return set(raw) == {cls.kind}

    @classmethod
    def write(cls, raw: dict[str, Any], node: Node, spot: Spot, load: Loader) -> bool:
        if cls.kind not in spot.context.nodes:
            return False
        node.parts = [load.frame(raw[cls.kind], spot.before())]
        return True

    def inner_spot(self) -> Spot:
        return self.spot.before()

    def read(self, place: str) -> Any:
        inner = self.parts[0].json(under(place, self.kind)) if self.parts else NOTHING
        if inner is NOTHING:
            raise RowFault(_("Say what is to hold."))
        return {self.kind: inner}

    @property
    def subject(self) -> str:
        return str(self.phrase)


class ChangedToRow(_StateRow):
    kind = "changed_to"
    phrase = gettext_lazy("it has come to be that")


class WasRow(_StateRow):
    kind = "was"
    phrase = gettext_lazy("before, it was so that")
