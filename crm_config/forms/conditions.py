"""The form field for a condition of the administrators: the app that knows records makes it, with its builder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.models import User


class Factory(Protocol):
    def __call__(
        self,
        *,
        record_type: TypeDef,
        snapshot: Snapshot,
        user: User,
        required: bool,
        allow_constant: bool,
        **kwargs: Any,
    ) -> forms.Field: ...


class JsonConditionField(forms.CharField):
    """A condition as JSON, whatever it is about."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "studio-code", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return (
            json.dumps(value, ensure_ascii=False, indent=1) if isinstance(value, Mapping) else value
        )

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            read = json.loads(text)
        except ValueError:
            raise ValidationError(_("This is not JSON.")) from None
        if not isinstance(read, dict):
            raise ValidationError(_("A condition is a JSON object, in braces."))
        return read


_registered: list[Factory] = []


def register(factory: Factory) -> None:
    if _registered:
        raise RuntimeError("Conditions have a form field already: only one app makes it.")
    _registered.append(factory)


def condition_field(
    *,
    record_type: TypeDef,
    snapshot: Snapshot,
    user: User,
    required: bool = True,
    allow_constant: bool = False,
    **kwargs: Any,
) -> forms.Field:
    """Cleans to the condition's JSON, or None. `purpose` says what it is for: `rule` unless given, `trigger` or
    `computed`. `snapshot` is that of the working copy."""
    if not _registered:
        kwargs.pop("purpose", None)
        return JsonConditionField(required=required, **kwargs)
    return _registered[0](
        record_type=record_type,
        snapshot=snapshot,
        user=user,
        required=required,
        allow_constant=allow_constant,
        **kwargs,
    )
