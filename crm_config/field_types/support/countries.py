"""Countries by code and by name, in every language of the product."""

from functools import cache

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language, gettext, override
from django_countries import countries

from crm_config.field_types.base import ValueRefused
from crm_config.field_types.support.texts import folded


@cache
def codes() -> tuple[str, ...]:
    return tuple(sorted(code for code, _name in countries))


def name(code: str) -> str:
    return str(countries.name(code)) if code else ""


def english(code: str) -> str:
    with override("en"):
        return name(code)


@cache
def _choices(language: str) -> tuple[tuple[str, str], ...]:
    with override(language):
        return tuple((code, str(name)) for code, name in countries)


def choices() -> tuple[tuple[str, str], ...]:
    """Codes and names in the active language, by name."""
    return _choices(get_language() or "en")


@cache
def _by_name() -> dict[str, str]:
    """By the formal names of the list shown and by the usual ones: files say “United States”."""
    found: dict[str, str] = {}
    for language, _label in settings.LANGUAGES:
        usual = Locale.parse(language).territories
        found |= {folded(usual[code]): code for code in codes() if code in usual}
        found |= {folded(name): code for code, name in _choices(language)}
    return found


def code(text: str) -> str:
    """The code of a country given by code (of two or three letters) or name. Raises `ValueRefused`."""
    found = countries.alpha2(text.upper()) or _by_name().get(folded(text))
    if not found:
        raise ValueRefused(
            "country",
            gettext("“%(text)s” is not a country: write its name, or two letters such as RO.")
            % {"text": text},
        )
    return str(found)
