"""What users, teams, files and images share: one id of something kept elsewhere."""

import random
from typing import Any

from django import forms
from django.utils.translation import gettext

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, ValueRefused

#: The greatest whole number that JavaScript reads exactly.
GREATEST_ID = 2**53 - 1


def read_id(raw: Any) -> int:
    """A whole number from one up, as a number or in digits. Raises `ValueRefused`."""
    if isinstance(raw, str) and raw.strip().isascii() and raw.strip().isdigit():
        raw = int(raw.strip()[:20])
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if not isinstance(raw, int) or isinstance(raw, bool) or not 1 <= raw <= GREATEST_ID:
        raise ValueRefused("not_an_id", gettext("Give the number (id) it has in this system."))
    return raw


class Reference(FieldType):
    """Its value is the id. Whether it exists, and whether it may be chosen, the gate asks."""

    sql_kind = "bigint"
    can_sort = False

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> int | None:
        return read_id(raw)

    def search_text(self, field: FieldDef, value: int) -> str:
        return ""

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "integer", "minimum": 1, "maximum": GREATEST_ID}

    def random_value(self, field: FieldDef, rng: random.Random) -> int:
        return rng.choice((1, 2, GREATEST_ID, rng.randint(1, GREATEST_ID)))


def chooser(choices: Any, **kwargs: Any) -> forms.Field:
    """A list of pairs of id and name to choose from; without one, a field for the id."""
    if choices is None:
        return forms.IntegerField(min_value=1, max_value=GREATEST_ID, **kwargs)
    offered = [("", "---------"), *choices]
    return forms.TypedChoiceField(choices=offered, coerce=int, empty_value=None, **kwargs)
