"""A field, an operator, and a value or another field."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from crm_config.conditions.offers import operators_in, own_fields, path_in, same_kind
from crm_config.conditions.paths import FieldPath
from crm_config.definitions import FieldDef, OptionDef
from records.builder.pretty import same
from records.builder.rows.base import Row, RowFault, mean_the_same
from records.builder.rows.form import RowForm
from records.builder.submitted import submitted

if TYPE_CHECKING:
    from records.builder.desk import Desk, Spot
    from records.builder.load import Loader
    from records.builder.sheet import Node

VALUE, FIELD = "value", "field"


class ComparisonRow(Row):
    kind = "field"
    template = "records/conditions/comparison.html"

    # -- from JSON

    @classmethod
    def takes(cls, raw: dict[str, Any]) -> bool:
        return isinstance(raw.get("field"), str) and set(raw) <= {"field", "op", "value"}

    @classmethod
    def write(cls, raw: dict[str, Any], node: Node, spot: Spot, load: Loader) -> bool:
        path = path_in(raw["field"], spot.context)
        if path is None or raw.get("op") not in operators_in(path, spot.context):
            return False
        load.sheet.put(node, field=raw["field"], op=str(raw["op"]), against=VALUE)
        value = raw.get("value")
        if isinstance(value, dict) and set(value) == {"field"}:
            load.sheet.put(node, against=FIELD, other=str(value["field"]))
            return True
        form = RowForm(
            desk=load.desk,
            field=merged(path),
            operators=operators_in(path, spot.context),
            part=raw,
            prefix=load.sheet.prefix(node),
        )
        if form.operator.operand == "records" and not _all_seen(raw.get("value"), load.desk):
            return False
        load.sheet.put_all(submitted(form.html))
        row = load.row(node, spot)
        read = row.json()
        row.keep(raw, read)
        return not row.faults and (same(raw, read) or mean_the_same(raw, read, spot))

    # -- to JSON

    def read(self, place: str) -> Any:
        if self.path is None:
            raise RowFault(_("There is no field “%(key)s”.") % {"key": self.given("field")})
        if self.against == FIELD:
            other = self.given("other")
            if not other:
                raise RowFault(_("Choose the field to compare with."))
            return {
                "field": self.path.text,
                "op": self.form.operator.key,
                "value": {"field": other},
            }
        return self.kept({"field": self.path.text, **self.form.read()})

    # -- what is asked

    @cached_property
    def path(self) -> FieldPath | None:
        return path_in(self.given("field"), self.spot.context)

    @cached_property
    def field(self) -> FieldDef:
        assert self.path is not None
        return merged(self.path)

    @cached_property
    def form(self) -> RowForm:
        assert self.path is not None
        return RowForm(
            self.sheet.data,
            desk=self.desk,
            field=self.field,
            operators=operators_in(self.path, self.spot.context),
            prefix=self.prefix,
        )

    @property
    def against(self) -> str:
        return FIELD if self.given("against") == FIELD and self.may_compare_fields else VALUE

    @cached_property
    def may_compare_fields(self) -> bool:
        """Whether there is another field of the kind, or one is compared with already."""
        if self.path is None or not self.form.operator.symbol:
            return False
        return bool(self.given("other")) or any(
            self._fits(f) for f in own_fields(self.spot.context)
        )

    def _fits(self, f: FieldDef) -> bool:
        path = path_in(f.key, self.spot.context)
        return (
            path is not None
            and self.path is not None
            and path.text != self.path.text
            and same_kind(path, self.path)
        )

    @property
    def path_text(self) -> str:
        return self.given("field")

    @property
    def subject(self) -> str:
        return label(self.path) if self.path else self.given("field")

    @property
    def other(self) -> str:
        return self.given("other")

    @property
    def other_label(self) -> str:
        path = path_in(self.other, self.spot.context) if self.other else None
        return label(path) if path else self.other


def label(path: FieldPath) -> str:
    return " › ".join(path.labels)


def merged(path: FieldPath) -> FieldDef:
    """The field as its value is asked for: with the options of all types that the path may end in."""
    options: dict[str, OptionDef] = {}
    for f in path.fields.values():
        for option in f.choices:
            options.setdefault(option.key, option)
    if len(path.fields) == 1 or not options:
        return path.field
    return replace(path.field, choices=tuple(options.values()))


def _all_seen(ids: Any, desk: Desk) -> bool:
    """A chooser shows those that one may see; the others would be lost with the first change."""
    wanted = ids if isinstance(ids, list) else [ids]
    labels = desk.choices.labels([pk for pk in wanted if isinstance(pk, int)])
    return all(pk in labels and labels[pk].visible for pk in wanted)
