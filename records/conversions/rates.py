"""Exchange rates when the base currency changes: what was worth so much of the old one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from crm_config.models import ExchangeRate

DECIMALS = Decimal("0.00000001")


@transaction.atomic
def rebase(old: str, new: str) -> None:
    """Rates into `new` from those into `old`, for the days on which that of `new` was known; others say
    nothing any more, and go."""
    rows = list(ExchangeRate.objects.order_by("valid_from"))
    worth = {row.valid_from: row.rate for row in rows if row.currency == new}
    fresh = [_rate(old, day, Decimal(1), rate) for day, rate in worth.items()]
    for row in rows:
        rate = _in_force(worth, row.valid_from)
        if row.currency != new and rate is not None:
            fresh.append(_rate(row.currency, row.valid_from, row.rate, rate))
    ExchangeRate.objects.all().delete()
    ExchangeRate.objects.bulk_create(row for row in fresh if row.rate > 0)


def _in_force(worth: dict[date, Decimal], on: date) -> Decimal | None:
    days = [day for day in worth if day <= on]
    return worth[max(days)] if days else None


def _rate(currency: str, day: date, rate: Decimal, by: Decimal) -> ExchangeRate:
    return ExchangeRate(currency=currency, valid_from=day, rate=(rate / by).quantize(DECIMALS))
