"""Points on the map."""

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import (
    CoerceContext,
    FieldType,
    Json,
    Names,
    ValueRefused,
    is_blank,
)
from crm_config.field_types.support.widgets import PartsField
from crm_config.operators.base import PRESENCE

#: About 11 cm on the ground.
DECIMALS = 6
GREATEST = {"lat": 90, "lon": 180}
NAMES = {"lat": _("Latitude"), "lon": _("Longitude")}


@dataclass(frozen=True)
class Location:
    """Degrees north and east, WGS 84, of at most six decimals."""

    lat: float
    lon: float

    def __str__(self) -> str:
        return f"{self.lat:.{DECIMALS}f}, {self.lon:.{DECIMALS}f}"


class LocationType(FieldType):
    key = "location"
    label = _("Place on the map")
    description = _("Latitude and longitude: where a site, a machine or a visit is.")
    example = "47.158500, 27.601400"
    group = "contact"
    icon = "crosshairs"
    sql_kind = "none"
    can_sort = False
    operators = PRESENCE

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> Location | None:
        parts = self._parts(raw)
        if all(is_blank(part) for part in parts.values()):
            return None
        return Location(**{key: _degrees(parts[key], limit) for key, limit in GREATEST.items()})

    def _parts(self, raw: Any) -> dict[str, Any]:
        if isinstance(raw, Location):
            return asdict(raw)
        if isinstance(raw, Mapping) and raw.keys() <= GREATEST.keys():
            return {key: raw.get(key) for key in GREATEST}
        parts = raw.split(",") if isinstance(raw, str) else raw
        if isinstance(parts, list | tuple) and len(parts) == len(GREATEST):
            return dict(zip(GREATEST, parts, strict=True))
        raise _not_a_location()

    def dump(self, field: FieldDef, value: Location | None) -> dict[str, Json]:
        return {} if value is None else {field.stored_key: asdict(value)}

    def load(self, field: FieldDef, data: Mapping[str, Any]) -> Location | None:
        stored = data.get(field.stored_key)
        return None if stored is None else Location(float(stored["lat"]), float(stored["lon"]))

    def render(self, field: FieldDef, value: Location, names: Names) -> SafeString:
        """A `geo:` link opens the reader's own map; no map service learns of it."""
        return format_html('<a href="geo:{},{}">{}</a>', value.lat, value.lon, value)

    def to_json(self, field: FieldDef, value: Location) -> Json:
        return asdict(value)

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        degrees = {
            key: {"type": "number", "minimum": -limit, "maximum": limit}
            for key, limit in GREATEST.items()
        }
        return {
            "type": "object",
            "properties": degrees,
            "required": list(degrees),
            "additionalProperties": False,
        }

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        parts: dict[str, forms.Field] = {
            key: forms.DecimalField(min_value=-limit, max_value=limit)
            for key, limit in GREATEST.items()
        }
        return PartsField(parts, NAMES, **kwargs)

    def form_initial(self, field: FieldDef, value: Location | None) -> dict[str, str] | None:
        if value is None:
            return None
        return {key: f"{part:.{DECIMALS}f}" for key, part in asdict(value).items()}

    def random_value(self, field: FieldDef, rng: random.Random) -> Location:
        return Location(*(_random_degrees(rng, limit) for limit in GREATEST.values()))


def _random_degrees(rng: random.Random, limit: int) -> float:
    drawn = rng.choice((0.0, limit, -limit, rng.uniform(-limit, limit)))
    return round(float(drawn), DECIMALS) + 0.0


def _degrees(part: Any, limit: int) -> float:
    """Rounded: maps give more digits than anyone can stand on. Adding 0.0 undoes minus zero."""
    if isinstance(part, bool) or not isinstance(part, int | float | Decimal | str):
        raise _not_a_location()
    try:
        degrees = round(float(part), DECIMALS) + 0.0
    except (ValueError, OverflowError) as error:
        raise _not_a_location() from error
    if not -limit <= degrees <= limit:
        raise _not_a_location()
    return degrees


def _not_a_location() -> ValueRefused:
    return ValueRefused(
        "not_a_location",
        gettext("Write latitude and longitude in degrees, such as 47.1585, 27.6014."),
    )
