"""People who work in the system."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, Names, OptionSpec, Text
from crm_config.field_types.support.reference import Reference, chooser
from crm_config.operators.reference import OPERATORS


class UserType(Reference):
    key = "user"
    label = _("User")
    description = _(
        "A colleague who works in this system: the one in charge, the one who approves."
    )
    example = "Ioana P."
    group = "link"
    icon = "user"
    operators = OPERATORS
    option_specs = (
        OptionSpec(
            "participates",
            "boolean",
            _("Takes part"),
            _(
                "Whoever is named here takes part in the record: roles with the scope “takes part” reach it."
            ),
            default=False,
        ),
    )

    def dynamic_defaults(self) -> tuple[tuple[str, Text], ...]:
        return (("me", _("Whoever creates the record")),)

    def dynamic_default(self, field: FieldDef, name: str, context: CoerceContext) -> int | None:
        return context.me if name == "me" else None

    def display(self, field: FieldDef, value: int, names: Names) -> str:
        return names.users.get(value) or gettext("User %(id)s") % {"id": value}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        """`choices`, if given, are pairs of id and name of those who may be chosen."""
        return chooser(kwargs.pop("choices", None), **kwargs)
