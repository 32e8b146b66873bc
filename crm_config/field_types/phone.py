"""Telephone numbers, stored as E.164: a plus sign, the country's code and the number."""

import random
from collections.abc import Iterable, Mapping
from typing import Any, cast

import phonenumbers
from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Names, OptionSpec, ValueRefused
from crm_config.field_types.support.texts import as_text, clean_text
from crm_config.field_types.support.widgets import with_placeholder
from crm_config.operators.text import OPERATORS

SAMPLE_REGIONS = ("RO", "GR", "PL", "GB", "US", "DE", "IT", "FR")


class PhoneType(FieldType):
    key = "phone"
    label = _("Telephone")
    description = _("A telephone number; a click dials it.")
    example = "+40 21 123 4567"
    group = "contact"
    icon = "mobile-alt"
    can_be_unique = True
    can_search = True
    operators = OPERATORS
    option_specs = (
        OptionSpec(
            "region",
            "text",
            _("Country"),
            _("Two letters, such as RO: taken where a number has no country code."),
            "",
        ),
        OptionSpec(
            "strict",
            "boolean",
            _("Only numbers in use"),
            _(
                "Refuse numbers that the country has not given out, not only those of a wrong length."
            ),
            False,
        ),
    )

    def check_options(self, options: Mapping[str, Any]) -> Iterable[str]:
        region = options.get("region")
        if region and region not in phonenumbers.SUPPORTED_REGIONS:
            yield gettext("“%(region)s” is not a country's two letters.") % {"region": region}

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> str:
        text = clean_text(as_text(raw)).removeprefix("tel:")
        text = f"+{text[2:]}" if text.startswith("00") else text
        region = self.option(field, "region") or context.phone_region
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException as error:
            raise _refusal(error) from error
        self._refuse_others(field, number)
        return _e164(number)

    def _refuse_others(self, field: FieldDef, number: phonenumbers.PhoneNumber) -> None:
        if number.extension:
            raise ValueRefused("extension", gettext("Put the extension into a field of its own."))
        strict = self.option(field, "strict")
        fits = phonenumbers.is_valid_number if strict else phonenumbers.is_possible_number
        if not fits(number):
            raise ValueRefused(
                "not_a_number", gettext("Check the number: no telephone can have it.")
            )

    def display(self, field: FieldDef, value: str, names: Names) -> str:
        try:
            number = phonenumbers.parse(value)
        except phonenumbers.NumberParseException:
            return value
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))

    def render(self, field: FieldDef, value: str, names: Names) -> SafeString:
        return format_html('<a href="tel:{}">{}</a>', value, self.display(field, value, names))

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\+[0-9]{3,18}$"}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        form_field = forms.CharField(max_length=40, **kwargs)
        form_field.widget.input_type = "tel"
        return with_placeholder(field, form_field)

    def form_initial(self, field: FieldDef, value: str | None) -> str | None:
        return None if value is None else self.display(field, value, Names())

    def random_value(self, field: FieldDef, rng: random.Random) -> str:
        """Of the country's sample number, the last digits vary as far as they may."""
        while True:
            sample = phonenumbers.example_number(rng.choice(SAMPLE_REGIONS))
            text = _e164(cast(phonenumbers.PhoneNumber, sample))
            drawn = phonenumbers.parse(f"{text[:-4]}{rng.randint(0, 9_999):04}")
            if phonenumbers.is_valid_number(drawn):
                return _e164(drawn)


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _refusal(error: phonenumbers.NumberParseException) -> ValueRefused:
    if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
        message = gettext("Begin with the country's code, such as +40 21 123 4567.")
        return ValueRefused("country_code", message)
    message = gettext("Write a telephone number such as +40 21 123 4567.")
    return ValueRefused("not_a_phone", message)
