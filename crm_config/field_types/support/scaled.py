"""What decimal numbers and percentages share: exact numbers, stored as scaled integers."""

import random
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Json, OptionSpec
from crm_config.field_types.support import samples
from crm_config.field_types.support.numbers import (
    LIMIT,
    as_bound,
    from_integer,
    read_decimal,
    refuse_outside,
    scaled_down,
    to_integer,
)
from crm_config.field_types.support.widgets import with_placeholder
from crm_config.operators.number import OPERATORS

MOST_DECIMALS = 6


class ScaledNumber(FieldType):
    """Its value is a `Decimal` with exactly the field's decimals."""

    group = "number"
    icon = "decimal"
    sql_kind = "bigint"
    numeric = True
    operators = OPERATORS
    option_specs = (
        OptionSpec(
            "decimals",
            "integer",
            _("Decimals"),
            _("Digits after the decimal mark."),
            2,
            minimum=0,
            maximum=MOST_DECIMALS,
        ),
        OptionSpec("min", "text", _("Least"), _("A number, such as 0 or 0.5."), ""),
        OptionSpec("max", "text", _("Greatest"), _("A number, such as 100 or 99.5."), ""),
    )

    def check_options(self, options: Mapping[str, Any]) -> Iterable[str]:
        low, high = (as_bound(options.get(key)) for key in ("min", "max"))
        for key, bound in (("min", low), ("max", high)):
            if options.get(key) and bound is None:
                yield gettext("“%(text)s” is not a number.") % {"text": options[key]}
        if low is not None and high is not None and low > high:
            yield gettext("The least value is greater than the greatest.")

    def decimals(self, field: FieldDef) -> int:
        return int(self.option(field, "decimals"))

    def shape(self, field: FieldDef) -> str:
        return f"{self.key}:{self.decimals(field)}"

    def bounds(self, field: FieldDef) -> tuple[Decimal, Decimal]:
        most = from_integer(LIMIT, self.decimals(field))
        low, high = (as_bound(self.option(field, key)) for key in ("min", "max"))
        return (-most if low is None else low), (most if high is None else high)

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> Decimal:
        number = read_decimal(raw, context, decimals=self.decimals(field))
        refuse_outside(number, *self.bounds(field))
        return number

    def rounded(self, field: FieldDef, number: Decimal) -> Decimal:
        """A computed number, as exact as the field holds."""
        return scaled_down(number, self.decimals(field))

    def dump(self, field: FieldDef, value: Decimal | None) -> dict[str, Json]:
        return {} if value is None else {field.stored_key: to_integer(value, self.decimals(field))}

    def load(self, field: FieldDef, data: Mapping[str, Any]) -> Decimal | None:
        stored = data.get(field.stored_key)
        return (
            None
            if stored is None
            else self.rounded(field, from_integer(stored, self.decimals(field)))
        )

    def to_text(self, field: FieldDef, value: Decimal) -> str:
        return f"{value:f}"

    def to_json(self, field: FieldDef, value: Decimal) -> Json:
        """As text, so that no digit is lost on the way."""
        return f"{value:f}"

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        fraction = rf"(\.[0-9]{{1,{self.decimals(field)}}})?" if self.decimals(field) else ""
        return {"type": ["string", "number"], "pattern": rf"^-?[0-9]+{fraction}$"}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        low, high = self.bounds(field)
        limits: dict[str, Any] = {"min_value": low, "max_value": high}
        limits["decimal_places"] = self.decimals(field)
        return with_placeholder(field, forms.DecimalField(**limits | kwargs))

    def form_initial(self, field: FieldDef, value: Decimal | None) -> str | None:
        return None if value is None else f"{value:f}"

    def random_value(self, field: FieldDef, rng: random.Random) -> Decimal:
        decimals = self.decimals(field)
        low, high = (to_integer(bound, decimals) for bound in self.bounds(field))
        return self.rounded(field, from_integer(samples.integer(rng, low, high), decimals))
