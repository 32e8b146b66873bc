"""Currencies: which there are, their decimals, and how people write them."""

import re
from functools import cache

from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_precision
from django.utils.translation import gettext

from crm_config.field_types.base import CoerceContext, ValueRefused
from crm_config.field_types.support.locale import locale

SYMBOLS = {
    "€": "EUR",
    "$": "USD",
    "US$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "zł": "PLN",
    "lei": "RON",
    "leu": "RON",
    "₺": "TRY",
    "₴": "UAH",
    "₹": "INR",
    "₪": "ILS",
    "kč": "CZK",
    "ft": "HUF",
    "лв": "BGN",
}
#: Those whose own people also write a plain dollar sign.
DOLLARS = frozenset({"AUD", "BSD", "CAD", "HKD", "JMD", "NZD", "SGD", "TWD", "USD"})
_AMOUNT = re.compile(
    r"(?P<before>[^\d+\-−.,]*)(?P<amount>[+\-−]?[\d.,'’\s\u00a0\u202f]*)(?P<after>\D*)\Z"
)


@cache
def known() -> tuple[str, ...]:
    """Codes of the currencies that are tender somewhere today."""
    territories = get_global("territory_currencies").values()
    return tuple(
        sorted(
            {code for rows in territories for code, _, end, tender in rows if tender and not end}
        )
    )


@cache
def decimals(currency: str) -> int:
    return int(get_currency_precision(currency))


def name(currency: str) -> str:
    return str(get_currency_name(currency, locale=locale()))


def split(text: str) -> tuple[str, str]:
    """The amount's text and the currency's text ("" if there is none) of `€ -12.50` or `12,50 lei`."""
    sign, rest = ("-", text[1:]) if text[:1] in "-−" else ("", text)
    match = _AMOUNT.match(rest.strip())
    if match is None:
        return text, ""
    before, after = match["before"].strip(), match["after"].strip()
    if before and after:
        return text, ""
    return sign + match["amount"].strip(), before or after


def code(text: str, context: CoerceContext) -> str:
    """The code of a currency written as a code or a symbol. Raises `ValueRefused`."""
    if text == "$" and context.base_currency in DOLLARS:
        return context.base_currency
    found = SYMBOLS.get(text.casefold()) or text.upper()
    if found not in known():
        raise ValueRefused(
            "currency",
            gettext(
                "Write the currency as its three letters, such as EUR; “%(text)s” is not known."
            )
            % {"text": text},
        )
    return found
