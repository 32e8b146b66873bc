"""Days."""

import random
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from crm_config.definitions import FieldDef
from crm_config.field_types.base import (
    CoerceContext,
    FieldType,
    Json,
    Names,
    OptionSpec,
    Text,
    ValueRefused,
)
from crm_config.field_types.support import samples
from crm_config.field_types.support.locale import date_text
from crm_config.field_types.support.moments import FIRST_DAY, LAST_DAY, read_date
from crm_config.field_types.support.widgets import with_placeholder
from crm_config.operators.moment import OPERATORS

ISO_FORMAT = "%Y-%m-%d"


class DateType(FieldType):
    key = "date"
    label = _("Date")
    description = _("A day: a birthday, a deadline, the end of a contract.")
    example = "2026-01-31"
    group = "time"
    icon = "date"
    can_be_unique = True
    operators = OPERATORS
    option_specs = (
        OptionSpec("min", "text", _("Earliest"), _("A date such as 2026-01-31, or “today”."), ""),
        OptionSpec("max", "text", _("Latest"), _("A date such as 2026-01-31, or “today”."), ""),
    )

    def check_options(self, options: Mapping[str, Any]) -> Iterable[str]:
        for key in ("min", "max"):
            text = options.get(key)
            if text and text != "today" and _fixed(text) is None:
                yield gettext("“%(text)s” is neither a date such as 2026-01-31 nor “today”.") % {
                    "text": text
                }

    def dynamic_defaults(self) -> tuple[tuple[str, Text], ...]:
        return (("today", _("Today")),)

    def dynamic_default(self, field: FieldDef, name: str, context: CoerceContext) -> date | None:
        return context.today if name == "today" else None

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> date:
        day = read_date(raw, context)
        earliest, latest = self._bound(field, "min", context), self._bound(field, "max", context)
        if earliest and day < earliest:
            raise ValueRefused(
                "too_early", gettext("Choose %(day)s or later.") % {"day": date_text(earliest)}
            )
        if latest and day > latest:
            raise ValueRefused(
                "too_late", gettext("Choose %(day)s or earlier.") % {"day": date_text(latest)}
            )
        return day

    def _bound(self, field: FieldDef, key: str, context: CoerceContext) -> date | None:
        text = self.option(field, key)
        return context.today if text == "today" else _fixed(text)

    def dump(self, field: FieldDef, value: date | None) -> dict[str, Json]:
        return {} if value is None else {field.stored_key: value.isoformat()}

    def load(self, field: FieldDef, data: Mapping[str, Any]) -> date | None:
        stored = data.get(field.stored_key)
        return None if stored is None else date.fromisoformat(stored)

    def display(self, field: FieldDef, value: date, names: Names) -> str:
        return date_text(value)

    def render(self, field: FieldDef, value: date, names: Names) -> SafeString:
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_text(value))

    def to_text(self, field: FieldDef, value: date) -> str:
        return value.isoformat()

    def to_json(self, field: FieldDef, value: date) -> Json:
        return value.isoformat()

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        kwargs.setdefault("widget", AdminDateInput(format=ISO_FORMAT))
        kwargs.setdefault("input_formats", [ISO_FORMAT])
        return with_placeholder(field, forms.DateField(**kwargs))

    def random_value(self, field: FieldDef, rng: random.Random) -> date:
        """Bounds of `today` are left out: the day of drawing may not be the day of reading."""
        first, last = (_fixed(self.option(field, key)) for key in ("min", "max"))
        return samples.day(rng, first or FIRST_DAY, last or LAST_DAY)


def _fixed(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
