"""Numbers, dates and times written as the active language writes them."""

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import get_language, to_locale


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def locale() -> Locale:
    return _locale(get_language() or "en")


def number_text(number: Decimal | int, decimals: int = 0) -> str:
    return str(format_decimal(number, format=_pattern(decimals), locale=locale()))


def percent_text(percents: Decimal, decimals: int) -> str:
    pattern = f"{_pattern(decimals)}{locale().percent_formats[None].suffix[0]}"
    return str(format_percent(percents.scaleb(-2), format=pattern, locale=locale()))


def money_text(amount: Decimal, currency: str) -> str:
    return str(format_currency(amount, currency, locale=locale()))


def date_text(day: date) -> str:
    return str(format_date(day, "medium", locale=locale()))


def time_text(moment: time | datetime) -> str:
    """Hours and minutes as the language writes them; seconds only where there are any."""
    length = "medium" if moment.second else "short"
    return str(format_time(moment.replace(tzinfo=None), length, locale=locale()))


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
