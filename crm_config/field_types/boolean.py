"""Yes or no."""

import random
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Json, Names, ValueRefused
from crm_config.field_types.support.texts import folded
from crm_config.operators.boolean import OPERATORS

#: As files in the product's languages say it, folded.
YES = frozenset(
    {"true", "yes", "y", "on", "1", "x", "✓", "da", "adevărat", "ναι", "αληθές", "tak", "prawda"}
)
NO = frozenset({"false", "no", "n", "off", "0", "nu", "fals", "όχι", "ψευδές", "nie", "fałsz"})


class BooleanType(FieldType):
    """Empty is neither yes nor no; a checkbox that is not ticked says no."""

    key = "boolean"
    label = _("Yes or no")
    description = _("A tick box: wants the newsletter, is a public body.")
    example = "✓"
    group = "choice"
    icon = "check"
    sql_kind = "boolean"
    operators = OPERATORS

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> bool:
        if isinstance(raw, bool):
            return raw
        word = folded(str(raw)) if isinstance(raw, str | int | float | Decimal) else ""
        word = word.removesuffix(".0")
        if word in YES or word in NO:
            return word in YES
        raise ValueRefused("not_a_boolean", gettext("Write yes or no."))

    def display(self, field: FieldDef, value: bool, names: Names) -> str:
        return gettext("Yes") if value else gettext("No")

    def search_text(self, field: FieldDef, value: bool) -> str:
        return ""

    def to_text(self, field: FieldDef, value: bool) -> str:
        return "true" if value else "false"

    def to_json(self, field: FieldDef, value: bool) -> Json:
        return value

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "boolean"}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        """Never required: Django would take that for "must be ticked"."""
        return forms.BooleanField(**kwargs | {"required": False})

    def random_value(self, field: FieldDef, rng: random.Random) -> bool:
        return rng.random() < 0.5
