"""Postal addresses."""

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import (
    CoerceContext,
    FieldType,
    Json,
    Names,
    ValueRefused,
    is_blank,
)
from crm_config.field_types.support import countries, samples
from crm_config.field_types.support.texts import as_text, clean_text, refuse_longer
from crm_config.field_types.support.widgets import PartsField
from crm_config.operators.text import OPERATORS

MAX_LENGTH = 200
LABELS = {
    "street": _("Street and number"),
    "city": _("City"),
    "region": _("County or region"),
    "postcode": _("Postcode"),
    "country": _("Country"),
}


@dataclass(frozen=True)
class Address:
    """Parts that are not known are empty; `country` is a two-letter code."""

    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""

    def lines(self) -> list[str]:
        town = " ".join(part for part in (self.postcode, self.city) if part)
        parts = (self.street, town, self.region, countries.name(self.country))
        return [part for part in parts if part]


PARTS = tuple(part.name for part in fields(Address))


class AddressType(FieldType):
    """Stored as an object of the parts that are filled in."""

    key = "address"
    label = _("Address")
    description = _(
        "A postal address in five parts, so that records can be found by city or country."
    )
    example = "12 Harbour Street, 700001 Iași, Romania"
    group = "contact"
    icon = "site"
    sql_kind = "none"
    can_sort = False
    can_search = True
    operators = OPERATORS

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> Address | None:
        parts = self._parts(raw)
        cleaned = {key: _clean(parts.get(key)) for key in PARTS}
        cleaned["country"] = countries.code(cleaned["country"]) if cleaned["country"] else ""
        return Address(**cleaned) if any(cleaned.values()) else None

    def _parts(self, raw: Any) -> Mapping[str, Any]:
        if isinstance(raw, Address):
            return asdict(raw)
        if isinstance(raw, str):
            return _from_text(raw)
        if isinstance(raw, Mapping) and raw.keys() <= set(PARTS):
            return raw
        raise ValueRefused(
            "not_an_address",
            gettext("Give an address by these parts: %(parts)s.") % {"parts": ", ".join(PARTS)},
        )

    def dump(self, field: FieldDef, value: Address | None) -> dict[str, Json]:
        return {} if value is None else {field.stored_key: _filled(value)}

    def load(self, field: FieldDef, data: Mapping[str, Any]) -> Address | None:
        stored = data.get(field.stored_key)
        return None if stored is None else Address(**stored)

    def search_text(self, field: FieldDef, value: Address) -> str:
        """Country by code and in English, so that it does not depend on who saved the record."""
        parts = (value.street, value.postcode, value.city, value.region)
        return " ".join(
            part for part in (*parts, value.country, countries.english(value.country)) if part
        )

    def display(self, field: FieldDef, value: Address, names: Names) -> str:
        return ", ".join(value.lines())

    def render(self, field: FieldDef, value: Address, names: Names) -> SafeString:
        return format_html_join(SafeString("<br>"), "{}", ((line,) for line in value.lines()))

    def to_text(self, field: FieldDef, value: Address) -> str:
        """The five parts between semicolons, empty ones too."""
        return "; ".join(getattr(value, part) for part in PARTS)

    def to_json(self, field: FieldDef, value: Address) -> Json:
        return _filled(value)

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        text = {"type": "string", "maxLength": MAX_LENGTH}
        country = {"type": "string", "enum": list(countries.codes())}
        properties = dict.fromkeys(PARTS, text) | {"country": country}
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        parts: dict[str, forms.Field] = {
            part: forms.CharField(max_length=MAX_LENGTH) for part in PARTS if part != "country"
        }
        parts["country"] = forms.ChoiceField(choices=[("", "---------"), *countries.choices()])
        return PartsField(parts, LABELS, **kwargs)

    def form_initial(self, field: FieldDef, value: Address | None) -> dict[str, str] | None:
        return None if value is None else asdict(value)

    def random_value(self, field: FieldDef, rng: random.Random) -> Address:
        drawn = {part: _clean(samples.line(rng, 1, 40)) for part in samples.some(rng, PARTS)}
        if "country" in drawn:
            drawn["country"] = rng.choice(countries.codes())
        return Address(**drawn)


def _clean(part: Any) -> str:
    """A semicolon becomes a comma: in text it parts the parts."""
    if is_blank(part):
        return ""
    text = clean_text(as_text(part)).replace(";", ",")
    refuse_longer(text, MAX_LENGTH)
    return text


def _from_text(text: str) -> dict[str, str]:
    """Five parts between semicolons; any other text is taken whole as the street."""
    parts = text.split(";")
    return dict(zip(PARTS, parts, strict=True)) if len(parts) == len(PARTS) else {"street": text}


def _filled(value: Address) -> dict[str, Any]:
    return {key: part for key, part in asdict(value).items() if part}
