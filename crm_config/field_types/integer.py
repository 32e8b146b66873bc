"""Whole numbers."""

import random
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Names, OptionSpec
from crm_config.field_types.support import samples
from crm_config.field_types.support.locale import number_text
from crm_config.field_types.support.numbers import LIMIT, read_decimal, refuse_outside, scaled_down
from crm_config.field_types.support.widgets import with_placeholder
from crm_config.operators.number import OPERATORS


class IntegerType(FieldType):
    key = "integer"
    label = _("Whole number")
    description = _("A count: staff, rooms, years.")
    example = "1,250"
    group = "number"
    icon = "decimal"
    sql_kind = "bigint"
    numeric = True
    can_be_unique = True
    operators = OPERATORS
    option_specs = (
        OptionSpec("min", "integer", _("Least"), minimum=-LIMIT, maximum=LIMIT),
        OptionSpec("max", "integer", _("Greatest"), minimum=-LIMIT, maximum=LIMIT),
    )

    def check_options(self, options: Mapping[str, Any]) -> Iterable[str]:
        low, high = options.get("min"), options.get("max")
        if low is not None and high is not None and low > high:
            yield gettext("The least value is greater than the greatest.")

    def bounds(self, field: FieldDef) -> tuple[int, int]:
        low, high = self.option(field, "min"), self.option(field, "max")
        return (-LIMIT if low is None else low), (LIMIT if high is None else high)

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> int:
        number = read_decimal(raw, context, decimals=0)
        refuse_outside(number, *map(Decimal, self.bounds(field)))
        return int(number)

    def rounded(self, field: FieldDef, number: Decimal) -> Decimal:
        """A computed number, as exact as the field holds."""
        return scaled_down(number, 0)

    def display(self, field: FieldDef, value: int, names: Names) -> str:
        return number_text(value)

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        low, high = self.bounds(field)
        return {"type": "integer", "minimum": low, "maximum": high}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        low, high = self.bounds(field)
        return with_placeholder(field, forms.IntegerField(min_value=low, max_value=high, **kwargs))

    def random_value(self, field: FieldDef, rng: random.Random) -> int:
        return samples.integer(rng, *self.bounds(field))
