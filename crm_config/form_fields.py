"""A form field for a field as somebody would fill it in: the app that knows records and people makes it."""

from collections.abc import Callable, Iterable

from django import forms

from crm_config import labels
from crm_config.definitions import FieldDef
from crm_config.models import User

#: Makes the form fields of one form, by the fields' keys.
Builder = Callable[[Iterable[FieldDef], User], dict[str, forms.Field]]


def plain(fields: Iterable[FieldDef], user: User) -> dict[str, forms.Field]:
    """Without choosers for people and records, which need live data."""
    return {
        field.key: field.type.form_field(
            field,
            label=field.label,
            help_text=labels.text(field.help),
            required=field.required,
        )
        for field in fields
    }


_registered: list[Builder] = []


def register(builder: Builder) -> None:
    if _registered:
        raise RuntimeError("The form fields have a builder already: only one app makes the forms.")
    _registered.append(builder)


def build(fields: Iterable[FieldDef], user: User) -> dict[str, forms.Field]:
    return (_registered[0] if _registered else plain)(fields, user)
