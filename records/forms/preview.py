"""Form fields that the studio asks for: those of a type that is not published yet, and those of conditions."""

from collections.abc import Iterable
from typing import Any

from django import forms

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.models import User
from records.access import Access
from records.forms.condition import ConditionField
from records.forms.fields import Choices, form_field


def previewed(fields: Iterable[FieldDef], user: User) -> dict[str, forms.Field]:
    choices = Choices(Access.of(user))
    return {f.key: form_field(f, None, choices) for f in fields}


def ruled(
    *,
    record_type: TypeDef,
    snapshot: Snapshot,
    user: User,
    required: bool,
    allow_constant: bool,
    purpose: str = "rule",
    **kwargs: Any,
) -> forms.Field:
    """A condition with the system's authority, over the working copy."""
    return ConditionField(
        record_type=record_type,
        snapshot=snapshot,
        access=Access.of(user),
        purpose=purpose,
        required=required,
        allow_constant=allow_constant,
        **kwargs,
    )
