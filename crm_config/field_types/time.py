"""Times of day."""

import random
from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminTimeInput

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Json, Names
from crm_config.field_types.support.locale import time_text
from crm_config.field_types.support.moments import read_time
from crm_config.field_types.support.widgets import with_placeholder
from crm_config.operators.moment import TIME_OPERATORS

FORM_FORMATS = ["%H:%M", "%H:%M:%S"]


class TimeType(FieldType):
    key = "time"
    label = _("Time of day")
    description = _("A time without a day: when a shop opens, when to call.")
    example = "14:30"
    group = "time"
    icon = "time"
    operators = TIME_OPERATORS

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> time:
        return read_time(raw)

    def dump(self, field: FieldDef, value: time | None) -> dict[str, Json]:
        return {} if value is None else {field.stored_key: value.isoformat("seconds")}

    def load(self, field: FieldDef, data: Mapping[str, Any]) -> time | None:
        stored = data.get(field.stored_key)
        return None if stored is None else time.fromisoformat(stored)

    def display(self, field: FieldDef, value: time, names: Names) -> str:
        return time_text(value)

    def to_text(self, field: FieldDef, value: time) -> str:
        return value.isoformat("seconds")

    def to_json(self, field: FieldDef, value: time) -> Json:
        return value.isoformat("seconds")

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        kwargs.setdefault("widget", AdminTimeInput(format=FORM_FORMATS[0]))
        kwargs.setdefault("input_formats", FORM_FORMATS)
        return with_placeholder(field, forms.TimeField(**kwargs))

    def form_initial(self, field: FieldDef, value: time | None) -> str | None:
        """With seconds only where there are any, so that saving a form does not lose them."""
        return None if value is None else value.isoformat("seconds" if value.second else "minutes")

    def random_value(self, field: FieldDef, rng: random.Random) -> time:
        somewhere = time(
            rng.randint(0, 23), rng.randint(0, 59), rng.choice((0, rng.randint(0, 59)))
        )
        return rng.choice((time(), time(23, 59, 59), somewhere, somewhere))
