"""Values as formulas compute with them, and results as fields take them."""

from datetime import timedelta
from typing import Any

from crm_config.field_types.money import Money
from crm_config.formulas.amounts import Amount


def operand(value: Any, unit: str) -> Any:
    if isinstance(value, Money):
        return Amount(value.amount, value.currency, value.base, unit)
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    return value


def result(value: Any) -> Any:
    if isinstance(value, Amount):
        return {"amount": value.amount, "currency": value.currency}
    return value
