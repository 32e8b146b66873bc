"""How conditions of forms read money: by its amount in the company's currency, which the browser can tell as well. An
amount in another currency is filled in, and compares with nothing: rates change, and the browser has none."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, Json, Names, ValueRefused, is_blank
from crm_config.field_types.decimal import DecimalType
from crm_config.field_types.support import currencies
from crm_config.field_types.support.locale import money_text
from forms_builder.engine.presence import PRESENCE_TYPE

CURRENCY = "base_currency"


class Amount(DecimalType):
    """Not registered: no field of a record is of this type."""

    key = "amount"

    #: Of what was filled in and cannot be compared: it is neither more nor less than anything, and not the same.
    unreadable = Decimal("NaN")

    def decimals(self, field: FieldDef) -> int:
        return currencies.decimals(currency_of(field))

    def coerce(self, field: FieldDef, raw: Any, context: CoerceContext) -> Decimal | None:
        if PRESENCE_TYPE.coerce(field, raw, context) is None:
            return None
        amount, currency = raw, None
        if isinstance(raw, Mapping):
            amount, currency = raw.get("amount"), raw.get("currency")
        if not is_blank(currency) and str(currency).strip() != currency_of(field):
            said = {"currency": currency_of(field)}
            raise ValueRefused("currency", _("Compare with an amount in %(currency)s.") % said)
        value: Decimal | None = super().coerce(field, amount, context)
        if value is None:
            raise ValueRefused("not_a_number", _("Enter a number."))
        return value

    def dump(self, field: FieldDef, value: Decimal | None) -> dict[str, Json]:
        if value is not None and value.is_nan():
            return {field.stored_key: float("nan")}
        return super().dump(field, value)

    def search_text(self, field: FieldDef, value: Any) -> str:
        return ""

    def display(self, field: FieldDef, value: Decimal, names: Names) -> str:
        return money_text(value, currency_of(field))


def currency_of(field: FieldDef) -> str:
    return str(field.options.get(CURRENCY) or "EUR")


AMOUNT_TYPE = Amount()
