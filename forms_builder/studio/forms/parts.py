"""Fields and helpers that several of the builder's forms have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef, TypeDef
from crm_config.words.plain import shown_labels

NONE = [("", "---------")]
Choices = list[tuple[str, Any]]


class ValuesField(forms.CharField):
    """Values by field, as JSON: `{"channel": "web"}`."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "studio-code", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        plain = isinstance(value, str) or not value
        return value if plain else json.dumps(value, ensure_ascii=False, indent=1)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return {}
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("This is not JSON."), code="json") from error
        if not isinstance(found, dict):
            raise ValidationError(
                _('Write values by field, in braces: {"channel": "web"}.'), code="shape"
            )
        return found


def ticks(label: Any, choices: Choices, help_text: Any = "") -> forms.Field:
    """Several of a few."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-builder-ticks"}),
        required=False,
        help_text=help_text,
    )


def one_of(
    label: Any, choices: Choices, help_text: Any = "", *, required: bool = False
) -> forms.Field:
    return forms.ChoiceField(
        label=label,
        choices=choices if required else [*NONE, *choices],
        required=required,
        help_text=help_text,
    )


def named(fields: Iterable[FieldDef]) -> Choices:
    return [(f.key, f.label) for f in fields]


def editable(record_type: TypeDef) -> list[FieldDef]:
    return [f for f in record_type.active if f.editable]


def with_known(choices: Choices, *known: Any) -> Choices:
    """What stands there already stays to be seen, though it is offered no more: the problems say what is wrong."""
    offered = {key for key, _label in choices}
    gone = [key for key in known if key and key not in offered]
    return [*choices, *((key, _("%(key)s (not there)") % {"key": key}) for key in gone)]


def said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what says nothing, as it is in files."""
    return {k: v for k, v in values.items() if v not in (None, "", [], {}, (), False)}


def item_name(key: str, field: FieldDef | None, raw: Mapping[str, Any]) -> str:
    return field.label if field is not None else shown_labels(raw.get("labels", {})) or key
