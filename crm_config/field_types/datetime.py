"""Moments: a day and a time, the same instant everywhere."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Json, Names, Text
from crm_config.field_types.support import samples
from crm_config.field_types.support.locale import date_text, time_text
from crm_config.field_types.support.moments import FIRST_MOMENT, LAST_MOMENT, read_moment
from crm_config.field_types.support.widgets import with_placeholder
from crm_config.operators.moment import OPERATORS

STORED_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
FORM_FORMAT = "%Y-%m-%d %H:%M"


class DateTimeType(FieldType):
    """Its value is in UTC; it is read and shown in a time zone."""

    key = "datetime"
    label = _("Date and time")
    description = _("A moment: when a meeting starts, when a call is due.")
    example = "2026-01-31 14:30"
    group = "time"
    icon = "time"
    operators = OPERATORS

    def dynamic_defaults(self) -> tuple[tuple[str, Text], ...]:
        return (("now", _("Now")), ("today", _("Today, at midnight")))

    def dynamic_default(
        self, field: FieldDef, name: str, context: CoerceContext
    ) -> datetime | None:
        if name == "now":
            return context.now.astimezone(UTC)
        return read_moment(context.today, context) if name == "today" else None

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> datetime:
        return read_moment(raw, context)

    def dump(self, field: FieldDef, value: datetime | None) -> dict[str, Json]:
        return (
            {}
            if value is None
            else {field.stored_key: value.astimezone(UTC).strftime(STORED_FORMAT)}
        )

    def load(self, field: FieldDef, data: Mapping[str, Any]) -> datetime | None:
        stored = data.get(field.stored_key)
        return None if stored is None else datetime.fromisoformat(stored)

    def display(self, field: FieldDef, value: datetime, names: Names) -> str:
        local = value.astimezone(get_current_timezone())
        return f"{date_text(local.date())} {time_text(local)}"

    def render(self, field: FieldDef, value: datetime, names: Names) -> SafeString:
        shown = self.display(field, value, names)
        return format_html('<time datetime="{}">{}</time>', self.to_text(field, value), shown)

    def to_text(self, field: FieldDef, value: datetime) -> str:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")

    def to_json(self, field: FieldDef, value: datetime) -> Json:
        return self.to_text(field, value)

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        kwargs.setdefault("widget", AdminDateTimeInput(format=FORM_FORMAT))
        return with_placeholder(field, forms.DateTimeField(**kwargs))

    def form_initial(self, field: FieldDef, value: datetime | None) -> str | None:
        """Local date and time to the minute where that says it all, else exactly, with the offset.

        Otherwise opening and saving a form would lose seconds, or confuse the two hours in which
        summer time ends.
        """
        if value is None:
            return None
        local = value.astimezone(get_current_timezone())
        if local.second or local.microsecond or _is_ambiguous(local):
            return local.isoformat(sep=" ")
        return local.strftime(FORM_FORMAT)

    def random_value(self, field: FieldDef, rng: random.Random) -> datetime:
        return samples.instant(rng, FIRST_MOMENT, LAST_MOMENT)


def _is_ambiguous(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
