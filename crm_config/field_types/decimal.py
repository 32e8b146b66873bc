"""Numbers with a fraction."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import Names
from crm_config.field_types.support.locale import number_text
from crm_config.field_types.support.scaled import ScaledNumber


class DecimalType(ScaledNumber):
    key = "decimal"
    label = _("Decimal number")
    description = _("A number with a fraction: a weight, a surface, a rate.")
    example = "12.50"
    can_be_unique = True

    def display(self, field: FieldDef, value: Decimal, names: Names) -> str:
        return number_text(value, self.decimals(field))
