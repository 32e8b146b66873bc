"""A form field for a condition: the app that knows records makes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from crm_config.definitions import Snapshot, TypeDef
from crm_config.models import User

Factory = Callable[..., forms.Field]

_registered: list[Factory] = []


def register(factory: Factory) -> None:
    """In `AppConfig.ready()`. Raises `RuntimeError` where somebody does it already."""
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
    """Its cleaned value is a condition's JSON, or None."""
    if not _registered:
        raise LookupError("Nobody makes form fields for conditions.")
    return _registered[0](
        record_type=record_type,
        snapshot=snapshot,
        user=user,
        required=required,
        allow_constant=allow_constant,
        **kwargs,
    )
