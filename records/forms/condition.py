"""A condition in a form, as JSON."""

from __future__ import annotations

from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config import rules
from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.definitions import Snapshot, TypeDef
from crm_config.models import User
from records.access import Access
from records.selectors.conditions import list_context


class ConditionField(forms.JSONField):
    """Its cleaned value is the condition's JSON, or None. A `filter` may name what `access` may read, a `rule` of
    the administrators everything; what holds for every record or for none is refused unless `allow_constant`."""

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
        kwargs.setdefault("widget", forms.Textarea({"rows": 12, "spellcheck": "false"}))
        super().__init__(required=required, **kwargs)

    def clean(self, value: Any) -> Any:
        raw = super().clean(value)
        if not raw:
            return None
        context = (
            list_context(self.record_type, self.access)
            if self.purpose == "filter"
            else rules.context(self.snapshot, self.record_type)
        )
        try:
            condition = parse(raw, context)
        except ConditionInvalid as invalid:
            raise ValidationError([str(problem) for problem in invalid.problems]) from invalid
        if condition.constant is not None and not self.allow_constant:
            raise ValidationError(
                _("It holds for every record.") if condition.constant else _("It holds for none.")
            )
        return raw


def rule_field(
    *, record_type: TypeDef, snapshot: Snapshot, user: User, **kwargs: Any
) -> ConditionField:
    """For the studio, whose fields are those of the working copy."""
    return ConditionField(
        record_type=record_type,
        snapshot=snapshot,
        access=Access(snapshot=snapshot, user=user, authority=True),
        purpose="rule",
        **kwargs,
    )
