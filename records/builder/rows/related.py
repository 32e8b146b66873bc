"""Related records: whether there are some that fit, how many, or a figure over them."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.conditions.offers import (
    counting_operators,
    figure_operators,
    figures_in,
    path_in,
    relation_in,
)
from crm_config.conditions.paths import Relation
from crm_config.conditions.places import under
from crm_config.definitions import FieldDef
from crm_config.field_types import registry
from records.builder.pretty import same
from records.builder.rows.base import NOTHING, Row, RowFault, mean_the_same
from records.builder.rows.form import RowForm
from records.builder.submitted import submitted

if TYPE_CHECKING:
    from records.builder.desk import Spot
    from records.builder.load import Loader
    from records.builder.sheet import Node

QUANTIFIERS = (
    ("some", gettext_lazy("there is at least one")),
    ("none", gettext_lazy("there is none")),
    ("all", gettext_lazy("all of them fit")),
)
COUNT = ("count", gettext_lazy("their number"))
FIGURES = (
    ("sum", gettext_lazy("the sum of")),
    ("min", gettext_lazy("the least")),
    ("max", gettext_lazy("the greatest")),
)


@cache
def number_of_records() -> FieldDef:
    """As a field to compare with."""
    return FieldDef(record_type="", key="count", type=registry.get("integer"), labels={})


class RelatedRow(Row):
    kind = "related"
    template = "records/conditions/related.html"

    # -- from JSON

    @classmethod
    def takes(cls, raw: dict[str, Any]) -> bool:
        return isinstance(raw.get("related"), str)

    @classmethod
    def write(cls, raw: dict[str, Any], node: Node, spot: Spot, load: Loader) -> bool:
        relation = relation_in(raw["related"], spot.context)
        asked = [key for key in raw if key not in ("related", "where")]
        if relation is None or len(asked) != 1 or not spot.more_relations:
            return False
        load.sheet.put(node, relation=raw["related"], ask=asked[0])
        node.parts = [load.frame(raw.get("where", NOTHING), spot.among(relation))]
        if asked[0] in dict(QUANTIFIERS):
            return True
        return cls._write_figure(raw, asked[0], node, spot, load)

    @classmethod
    def _write_figure(
        cls, raw: dict[str, Any], ask: str, node: Node, spot: Spot, load: Loader
    ) -> bool:
        figure = raw[ask]
        if not isinstance(figure, dict):
            return False
        load.sheet.put(node, figure=str(figure.get("field") or ""))
        form = cls(node, load.sheet, load.desk, spot).form_with(figure)
        if form is None:
            return False
        load.sheet.put_all(submitted(form.html))
        row = cls(node, load.sheet, load.desk, spot)
        read = row.json()
        if row.faults:
            return False
        row.keep(figure, read[ask])
        plain = {key: value for key, value in raw.items() if key != "where"}
        return same(plain, read) or mean_the_same(plain, read, spot)

    # -- to JSON

    def read(self, place: str) -> Any:
        if self.relation is None:
            raise RowFault(_("There is no relation “%(key)s”.") % {"key": self.given("relation")})
        raw: dict[str, Any] = {"related": self.relation.key}
        where = self.parts[0].json(under(place, "where")) if self.parts else NOTHING
        if where is not NOTHING:
            raw["where"] = where
        return {**raw, self.ask: self._asked()}

    def _asked(self) -> Any:
        if self.ask in dict(QUANTIFIERS):
            return True
        if self.form is None:
            raise RowFault(_("Choose the field to work with."))
        said = self.form.read()
        return self.kept(said if self.ask == COUNT[0] else {"field": self.figure, **said})

    # -- what is asked

    @cached_property
    def relation(self) -> Relation | None:
        return relation_in(self.given("relation"), self.spot.context)

    def inner_spot(self) -> Spot | None:
        return self.spot.among(self.relation) if self.relation else None

    @property
    def ask(self) -> str:
        known = {key for key, _label in self.asks}
        return self.given("ask") if self.given("ask") in known else "some"

    @cached_property
    def asks(self) -> list[tuple[str, Any]]:
        found = [*QUANTIFIERS, COUNT]
        spot = self.inner_spot()
        if spot is not None:
            found += [each for each in FIGURES if figures_in(spot.context, each[0])]
        return found

    @cached_property
    def figures(self) -> list[FieldDef]:
        spot = self.inner_spot()
        if spot is None or self.ask not in dict(FIGURES):
            return []
        return figures_in(spot.context, self.ask)

    @property
    def figure(self) -> str:
        keys = [f.key for f in self.figures]
        return self.given("figure") if self.given("figure") in keys else next(iter(keys), "")

    @cached_property
    def form(self) -> RowForm | None:
        return self.form_with(None)

    def form_with(self, part: Any) -> RowForm | None:
        """Of what the number or figure is compared with; None where there is none."""
        spot = self.inner_spot()
        if self.ask == COUNT[0]:
            field, operators = number_of_records(), counting_operators()
        else:
            path = path_in(self.figure, spot.context) if spot and self.figure else None
            if path is None or spot is None:
                return None
            field, operators = path.field, figure_operators(path, spot.context)
        data = None if part is not None else self.sheet.data
        return RowForm(
            data, desk=self.desk, field=field, operators=operators, part=part, prefix=self.prefix
        )

    @cached_property
    def ask_form(self) -> forms.Form:
        form = forms.Form(initial={"ask": self.ask, "figure": self.figure}, prefix=self.prefix)
        form.fields["ask"] = forms.ChoiceField(label=_("What is asked"), choices=self.asks)
        if self.figures:
            offered = [(f.key, f.label) for f in self.figures]
            form.fields["figure"] = forms.ChoiceField(label=_("Field"), choices=offered)
        return form

    @property
    def relation_key(self) -> str:
        return self.given("relation")

    @property
    def subject(self) -> str:
        return self.relation.label if self.relation else self.given("relation")
