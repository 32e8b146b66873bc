"""E-mail addresses."""

import random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Names, ValueRefused
from crm_config.field_types.support.texts import as_text, clean_text, refuse_longer
from crm_config.field_types.support.widgets import with_placeholder
from crm_config.operators.text import OPERATORS

MAX_LENGTH = 254
_validate = EmailValidator()


class EmailType(FieldType):
    """The domain is kept in small letters; what stands before it as it was written."""

    key = "email"
    label = _("E-mail")
    description = _("An e-mail address; a click writes to it.")
    example = "maria@example.com"
    group = "contact"
    icon = "mail"
    can_be_unique = True
    can_search = True
    operators = OPERATORS

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> str | None:
        text = clean_text(as_text(raw)).removeprefix("mailto:")
        refuse_longer(text, MAX_LENGTH)
        name, _at, domain = text.rpartition("@")
        address = f"{name}@{domain.lower()}"
        try:
            _validate(address)
        except ValidationError as error:
            raise ValueRefused(
                "not_an_email", gettext("Write an e-mail address such as maria@example.com.")
            ) from error
        return address

    def render(self, field: FieldDef, value: str, names: Names) -> SafeString:
        return format_html('<a href="mailto:{0}">{0}</a>', value)

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "string", "format": "email", "maxLength": MAX_LENGTH}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        return with_placeholder(field, forms.EmailField(**{"max_length": MAX_LENGTH} | kwargs))

    def random_value(self, field: FieldDef, rng: random.Random) -> str:
        name = "".join(rng.choices("abcXYZ019._%+-'", k=rng.randint(1, 20))).strip(".") or "x"
        while ".." in name:
            name = name.replace("..", ".")
        return f"{name}@{rng.choice(('example.com', 'mail.example.org', 'xn--80ak6aa.example'))}"
