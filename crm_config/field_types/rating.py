"""A mark from one to a few stars."""

import random
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Names, OptionSpec
from crm_config.field_types.support.numbers import read_decimal, refuse_outside
from crm_config.operators.number import OPERATORS


class RatingType(FieldType):
    key = "rating"
    label = _("Rating")
    description = _("One to five stars: satisfaction, how promising a lead is.")
    example = "★★★★☆"
    group = "choice"
    icon = "pick"
    sql_kind = "bigint"
    numeric = True
    operators = OPERATORS
    option_specs = (OptionSpec("max", "integer", _("Stars"), "", 5, minimum=2, maximum=10),)

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> int:
        number = read_decimal(raw, context, decimals=0)
        refuse_outside(number, Decimal(1), Decimal(self.option(field, "max")))
        return int(number)

    def display(self, field: FieldDef, value: int, names: Names) -> str:
        return gettext("%(value)s of %(max)s") % {"value": value, "max": self.option(field, "max")}

    def render(self, field: FieldDef, value: int, names: Names) -> SafeString:
        """`aria-label` alone is read out; the stars are for the eye."""
        return format_html(
            '<span class="r-rating" role="img" aria-label="{}">{}</span>',
            self.display(field, value, names),
            self._stars(field, value),
        )

    def _stars(self, field: FieldDef, value: int) -> str:
        return "★" * value + "☆" * (self.option(field, "max") - value)

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "integer", "minimum": 1, "maximum": self.option(field, "max")}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        marks = range(1, self.option(field, "max") + 1)
        choices = [
            ("", "---------"),
            *((mark, f"{mark} {self._stars(field, mark)}") for mark in marks),
        ]
        return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, **kwargs)

    def random_value(self, field: FieldDef, rng: random.Random) -> int:
        return rng.randint(1, self.option(field, "max"))
