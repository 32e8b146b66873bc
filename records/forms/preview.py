"""The form fields of a type that is not published yet, for the studio's preview."""

from collections.abc import Iterable

from django import forms

from crm_config.definitions import FieldDef
from crm_config.models import User
from records.access import Access
from records.forms.fields import Choices, form_field


def previewed(fields: Iterable[FieldDef], user: User) -> dict[str, forms.Field]:
    choices = Choices(Access.of(user))
    return {f.key: form_field(f, None, choices) for f in fields}
