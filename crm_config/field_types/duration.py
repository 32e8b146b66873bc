"""Lengths of time, to the second."""

import random
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Names, ValueRefused
from crm_config.field_types.support import samples
from crm_config.field_types.support.locale import number_text
from crm_config.field_types.support.numbers import LIMIT, read_decimal, refuse_outside, scaled_down
from crm_config.field_types.support.widgets import with_placeholder
from crm_config.operators.number import OPERATORS

_CLOCK = re.compile(r"(?P<hours>[0-9]+):(?P<minutes>[0-5][0-9])(?::(?P<seconds>[0-5][0-9]))?\Z")
_UNITS = re.compile(r"(?:[0-9]+(?:[.,][0-9]+)? ?(?:d|h|min|m|s) ?)+\Z")
_UNIT = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?(d|h|min|m|s)")
_ISO = re.compile(
    r"P(?:(?P<d>[0-9]+)D)?(?:T(?:(?P<h>[0-9]+)H)?(?:(?P<m>[0-9]+)M)?(?:(?P<s>[0-9]+)S)?)?\Z"
)
_SECONDS = {"d": 86_400, "h": 3_600, "min": 60, "m": 60, "s": 1}


class DurationType(FieldType):
    """Its value is a whole number of seconds. A bare number in text is refused: of what?"""

    key = "duration"
    label = _("Duration")
    description = _("How long something takes: a call, a repair, a warranty.")
    example = "1:30"
    group = "time"
    icon = "history"
    sql_kind = "bigint"
    numeric = True
    operators = OPERATORS

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> int:
        seconds = self._seconds(raw, context)
        refuse_outside(seconds, Decimal(0), Decimal(LIMIT))
        return int(seconds)

    def _seconds(self, raw: Any, context: CoerceContext) -> Decimal:
        if isinstance(raw, timedelta):
            return Decimal(raw.days * 86_400 + raw.seconds)
        if isinstance(raw, str):
            return Decimal(_from_text(raw.strip()))
        return read_decimal(raw, context, decimals=0)

    def rounded(self, field: FieldDef, number: Decimal) -> Decimal:
        """A computed number of seconds, as exact as the field holds."""
        return scaled_down(number, 0)

    def display(self, field: FieldDef, value: int, names: Names) -> str:
        hours, minutes, seconds = _split(value)
        parts = (
            (hours, gettext("%(count)s h")),
            (minutes, gettext("%(count)s min")),
            (seconds, gettext("%(count)s s")),
        )
        shown = [text % {"count": number_text(count)} for count, text in parts if count]
        return " ".join(shown) or gettext("%(count)s min") % {"count": 0}

    def to_text(self, field: FieldDef, value: int) -> str:
        hours, minutes, seconds = _split(value)
        return f"{hours}:{minutes:02}:{seconds:02}"

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "integer", "minimum": 0, "maximum": LIMIT, "description": "seconds"}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        form_field = forms.CharField(**kwargs)
        form_field.widget.attrs["placeholder"] = gettext("1:30 or 90 min")
        return with_placeholder(field, form_field)

    def form_initial(self, field: FieldDef, value: int | None) -> str | None:
        return None if value is None else self.to_text(field, value).removesuffix(":00")

    def random_value(self, field: FieldDef, rng: random.Random) -> int:
        return samples.integer(rng, 0, LIMIT)


def _split(seconds: int) -> tuple[int, int, int]:
    minutes, rest = divmod(seconds, 60)
    return *divmod(minutes, 60), rest


def _from_text(text: str) -> int:
    if clock := _CLOCK.match(text):
        return _sum({"h": clock["hours"], "m": clock["minutes"], "s": clock["seconds"]}.items())
    if (iso := _ISO.match(text.upper())) and any(iso.groupdict().values()):
        return _sum(iso.groupdict().items())
    lowered = text.lower()
    if _UNITS.match(lowered):
        return _sum((unit, amount) for amount, unit in _UNIT.findall(lowered))
    raise ValueRefused(
        "not_a_duration",
        gettext("Write hours and minutes as 1:30, or a unit, such as 90 min or 2 h."),
    )


def _sum(parts: Any) -> int:
    """The seconds of pairs of unit and amount, rounded to whole ones."""
    exact = sum(
        Decimal((amount or "0").replace(",", ".")) * _SECONDS[unit] for unit, amount in parts
    )
    return round(exact)
