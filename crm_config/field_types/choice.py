"""One option of several."""

import random
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Names
from crm_config.field_types.support import options
from crm_config.operators.choice import OPERATORS


class ChoiceType(FieldType):
    """Its value is the option's key."""

    key = "choice"
    label = _("Choice")
    description = _("One of a list: a sector, a source, a status.")
    example = "Retail"
    group = "choice"
    icon = "list-ul"
    has_choices = True
    can_search = True
    operators = OPERATORS

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> str:
        return options.get(field, raw).key

    def check_new(self, field: FieldDef, value: str | None, current: str | None) -> None:
        if value and value != current:
            options.refuse_retired(field, {value})

    def search_text(self, field: FieldDef, value: str) -> str:
        option = field.choice_map.get(value)
        return " ".join(option.labels.values()) if option else ""

    def display(self, field: FieldDef, value: str, names: Names) -> str:
        return options.label(field, value)

    def render(self, field: FieldDef, value: str, names: Names) -> SafeString:
        return options.badge(field, value)

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "string", "enum": [option.key for option in field.choices]}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        choices = [("", "---------"), *options.offered(field, kwargs.get("initial"))]
        return forms.ChoiceField(choices=choices, **kwargs)

    def random_value(self, field: FieldDef, rng: random.Random) -> str:
        return rng.choice(options.in_use(field))
