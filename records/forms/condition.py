"""A condition as JSON in a text area, until there is a builder."""

from __future__ import annotations

import json
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.conditions.api import ConditionInvalid, Context, parse, ruling
from crm_config.definitions import Snapshot, TypeDef
from crm_config.models import User
from records.access import Access
from records.selectors.conditions import list_context


class ConditionField(forms.CharField):
    """Its cleaned value is the condition as JSON, or None."""

    def __init__(
        self,
        *,
        record_type: TypeDef,
        snapshot: Snapshot,
        access: Access,
        purpose: Literal["filter", "rule"],
        required: bool = True,
        allow_constant: bool = False,
        **kwargs: Any,
    ) -> None:
        self.record_type, self.snapshot, self.access = record_type, snapshot, access
        self.purpose, self.allow_constant = purpose, allow_constant
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}))
        super().__init__(required=required, **kwargs)

    @property
    def context(self) -> Context:
        if self.purpose == "rule":
            return ruling(self.snapshot, self.record_type)
        return list_context(self.record_type, self.access)

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False, indent=1)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            raw = json.loads(text)
            condition = parse(raw, self.context)
        except ValueError as error:
            raise ValidationError(
                _("This is not JSON: %(error)s."), params={"error": error}
            ) from error
        except ConditionInvalid as invalid:
            raise ValidationError([str(problem) for problem in invalid.problems]) from invalid
        if condition.constant is not None and not self.allow_constant:
            raise ValidationError(_("It holds always or never: make it say something."))
        return raw


def of_a_rule(
    *, record_type: TypeDef, snapshot: Snapshot, user: User, **kwargs: Any
) -> forms.Field:
    """For the studio: a rule of the administrators."""
    return ConditionField(
        record_type=record_type,
        snapshot=snapshot,
        access=Access.of(user),
        purpose="rule",
        **kwargs,
    )
