"""A form field for a condition: the app that knows records and people makes it."""

from typing import Any, Protocol

from django import forms

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
    """For a rule about records of the type, as the snapshot describes them. Its cleaned value is the
    condition's JSON, or None."""
    return _registered[0](
        record_type=record_type,
        snapshot=snapshot,
        user=user,
        required=required,
        allow_constant=allow_constant,
        **kwargs,
    )
