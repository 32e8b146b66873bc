"""Values as formulas compute with them, and results as fields take them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from crm_config.field_types.money import Money
from crm_config.field_types.support import currencies
from crm_config.field_types.support.numbers import LIMIT, scaled_down
from crm_config.formulas.amounts import Amount


def operand(value: Any, unit: str) -> Any:
    if isinstance(value, Money):
        return Amount(value.amount, value.currency, value.base, unit)
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    return value


def result(value: Any) -> Any:
    if isinstance(value, Amount):
        return {"amount": _rounded(value), "currency": value.currency}
    return value


def _rounded(amount: Amount) -> Decimal:
    """To what the currency has coins for; beyond the greatest number the field refuses it anyway."""
    if abs(amount.amount) > LIMIT:
        return amount.amount
    return scaled_down(amount.amount, currencies.decimals(amount.currency))
