"""Web addresses, and `mailto:` links."""

import random
import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Names, ValueRefused
from crm_config.field_types.support.texts import as_text, clean_text, refuse_longer
from crm_config.field_types.support.widgets import with_placeholder
from crm_config.operators.text import OPERATORS

MAX_LENGTH = 2000
_validate_web = URLValidator(schemes=["http", "https"])
_validate_mail = EmailValidator()
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?![0-9]+(/|\Z))")


class UrlType(FieldType):
    """Scheme and host are kept in small letters; an address without a scheme gets `https://`."""

    key = "url"
    label = _("Web address")
    description = _("A link to a page: a web site, a profile, a shared folder.")
    example = "https://www.example.com"
    group = "contact"
    icon = "link-external"
    can_be_unique = True
    can_search = True
    operators = OPERATORS

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> str:
        text = clean_text(as_text(raw))
        refuse_longer(text, MAX_LENGTH)
        text = text if _SCHEME.match(text) else f"https://{text.removeprefix('//')}"
        try:
            return _mail(text) if text.lower().startswith("mailto:") else _web(text)
        except (ValidationError, ValueError) as error:
            raise ValueRefused(
                "not_a_url",
                gettext(
                    "Write a web address such as https://www.example.com, "
                    "or mailto: and an e-mail address."
                ),
            ) from error

    def unique_text(self, field: FieldDef, value: str) -> str:
        """Paths tell letters apart."""
        return value

    def render(self, field: FieldDef, value: str, names: Names) -> SafeString:
        shown = re.sub(r"^(https?://|mailto:)", "", value).removesuffix("/")
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', value, shown)

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "string", "pattern": "^(https?://|mailto:)", "maxLength": MAX_LENGTH}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        """Not Django's `URLField`, which knows no `mailto:`."""
        form_field = forms.CharField(**{"max_length": MAX_LENGTH} | kwargs)
        form_field.widget.attrs["inputmode"] = "url"
        return with_placeholder(field, form_field)

    def random_value(self, field: FieldDef, rng: random.Random) -> str:
        path = "".join(rng.choices("abC019/_-.%&?=#éș", k=rng.randint(0, 30)))
        host = rng.choice(("example.com", "www.example.org:8080", "münchen.example"))
        web = f"{rng.choice(('http', 'https'))}://{host}/{path}"
        return rng.choice((_web(web), "mailto:maria@example.com"))


def _web(text: str) -> str:
    parts = urlsplit(text)
    lowered = parts._replace(scheme=parts.scheme.lower(), netloc=_host_lowered(parts.netloc))
    url = urlunsplit(lowered)
    _validate_web(url)
    return url


def _host_lowered(netloc: str) -> str:
    user, at, host = netloc.rpartition("@")
    return f"{user}{at}{host.lower()}"


def _mail(text: str) -> str:
    address = text[len("mailto:") :]
    _validate_mail(address.partition("?")[0])
    return f"mailto:{address}"
