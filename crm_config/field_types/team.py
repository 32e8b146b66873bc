"""Teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, Names, Text
from crm_config.field_types.support.reference import Reference, chooser
from crm_config.operators.reference import OPERATORS


class TeamType(Reference):
    key = "team"
    label = _("Team")
    description = _("A team or department: who takes care of it.")
    example = "Sales North"
    group = "link"
    icon = "group"
    operators = OPERATORS

    def dynamic_defaults(self) -> tuple[tuple[str, Text], ...]:
        return (("my_team", _("The team of whoever creates the record")),)

    def dynamic_default(self, field: FieldDef, name: str, context: CoerceContext) -> int | None:
        return context.my_team if name == "my_team" else None

    def display(self, field: FieldDef, value: int, names: Names) -> str:
        return names.teams.get(value) or gettext("Team %(id)s") % {"id": value}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        """`choices`, if given, are pairs of id and name of the teams that may be chosen."""
        return chooser(kwargs.pop("choices", None), **kwargs)
