"""Percentages: 12.5 means 12.5 %."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, Names
from crm_config.field_types.support.locale import percent_text
from crm_config.field_types.support.scaled import ScaledNumber


class PercentType(ScaledNumber):
    key = "percent"
    label = _("Percentage")
    description = _("A share of a hundred: a discount, a probability.")
    example = "12.5 %"

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> Decimal:
        bare = raw.strip().removesuffix("%").rstrip() if isinstance(raw, str) else raw
        return super().read(field, bare, context)

    def display(self, field: FieldDef, value: Decimal, names: Names) -> str:
        return percent_text(value, self.decimals(field))
