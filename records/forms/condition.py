"""A form field for a condition, written as JSON."""

from __future__ import annotations

import json
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm_config.conditions.api import ConditionInvalid, Context, parse, ruling
from crm_config.definitions import Snapshot, TypeDef
from crm_config.models import User
from records.access import Access
from records.segments.use import find_segment
from records.selectors.conditions import list_context


class ConditionField(forms.Field):
    """Its cleaned value is the condition's JSON, or None. A `filter` may use what its author may read, a
    `rule` everything."""

    widget = forms.Textarea

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
        super().__init__(required=required, **kwargs)
        self.record_type, self.snapshot, self.access = record_type, snapshot, access
        self.purpose, self.allow_constant = purpose, allow_constant

    @property
    def context(self) -> Context:
        if self.purpose == "filter":
            return list_context(self.record_type, self.access)
        find = find_segment(self.snapshot)
        return ruling(self.snapshot, self.record_type, find_segment=find)

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False, indent=1)

    def to_python(self, value: Any) -> Any:
        if value is None or not str(value).strip():
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise ValidationError(_("This is not JSON."), code="not_json") from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        try:
            condition = parse(value, self.context)
        except ConditionInvalid as invalid:
            said = [f"{p.place}: {p.message}" if p.place else p.message for p in invalid.problems]
            raise ValidationError(
                [ValidationError(each, code="condition") for each in said]
            ) from invalid
        if condition.constant is not None and not self.allow_constant:
            message = _("It says the same of every record: say what it depends on.")
            raise ValidationError(message, code="constant")


def rule_field(*, user: User, **kwargs: Any) -> ConditionField:
    """For the studio."""
    return ConditionField(access=Access.of(user), purpose="rule", **kwargs)
