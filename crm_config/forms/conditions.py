"""The form field in which a rule's condition is built: the app that knows records makes it.

factory(record_type=…, snapshot=…, user=…, required=…, allow_constant=…, **kwargs) -> forms.Field
"""

from collections.abc import Callable
from typing import Any

from django import forms

from crm_config.definitions import Snapshot, TypeDef
from crm_config.models import User

Factory = Callable[..., forms.Field]
_registered: list[Factory] = []


def register(factory: Factory) -> None:
    if _registered:
        raise RuntimeError(
            "The field for conditions was registered already: only one app makes it."
        )
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
    """Its cleaned value is the condition as JSON, or None. Raises `RuntimeError` where no app makes it."""
    if not _registered:
        raise RuntimeError("No app makes the field for conditions.")
    return _registered[0](
        record_type=record_type,
        snapshot=snapshot,
        user=user,
        required=required,
        allow_constant=allow_constant,
        **kwargs,
    )
