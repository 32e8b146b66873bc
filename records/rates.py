"""Exchange rates into the base currency, by date."""

from datetime import date
from decimal import Decimal

from crm_config.models import ExchangeRate


def rate_on(currency: str, on: date) -> Decimal | None:
    """Units of the base currency for one unit of `currency` on that day, or None when no rate is known.
    The base currency itself is not asked for."""
    return (
        ExchangeRate.objects.filter(currency=currency, valid_from__lte=on)
        .order_by("-valid_from")
        .values_list("rate", flat=True)
        .first()
    )
