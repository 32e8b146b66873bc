"""Which paper a company prints on: that of the country whose time it keeps."""

from __future__ import annotations

from babel.core import get_global

A4, LETTER = "A4", "Letter"
#: Where Letter is usual: `paperSize` in the supplemental data of Unicode's CLDR.
LETTER_LANDS = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)


def paper_of(time_zone: str) -> str:
    named = get_global("zone_aliases").get(time_zone, time_zone)
    return LETTER if get_global("zone_territories").get(named) in LETTER_LANDS else A4
