"""Public holidays of countries and their parts, by the library that knows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays


def countries() -> Mapping[str, list[str]]:
    """The codes of countries, with those of their parts that have holidays of their own."""
    return holidays.list_supported_countries(include_aliases=False)


@lru_cache(maxsize=512)
def in_year(country: str, subdivision: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))
