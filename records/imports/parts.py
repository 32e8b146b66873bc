"""Fields whose value has parts, which often stand in columns of their own."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.address import LABELS as ADDRESS
from crm_config.field_types.base import Text
from crm_config.field_types.location import NAMES as LOCATION

#: By field type: the parts that a column can go to, each with its name.
PARTS: Mapping[str, Mapping[str, Text]] = {
    "address": ADDRESS,
    "location": LOCATION,
    "money": {"amount": _("Amount"), "currency": _("Currency")},
}


def of(f: FieldDef) -> Mapping[str, Text]:
    return PARTS.get(f.type.key, {})


def targets(f: FieldDef) -> list[tuple[str, str]]:
    """What a column can be mapped to: the field as a whole, then its parts, each with its name."""
    whole = [(f.key, f.label)]
    return whole + [(f"{f.key}.{part}", f"{f.label}: {name}") for part, name in of(f).items()]
