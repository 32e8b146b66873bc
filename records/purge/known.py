"""What was configured once: fields and types whose data may still be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_config.definitions import SERIAL_BITS, Snapshot
from crm_config.models import ConfigSnapshot, TypeNumber


def removed_fields(record_type: str, snapshot: Snapshot) -> frozenset[str]:
    """Fields that the type had in some version and does not have now."""
    owner = snapshot.types.get(record_type)
    return frozenset(_spells().get(record_type, {})) - frozenset(owner.fields if owner else ())


def stored_keys(record_type: str, key: str) -> Sequence[str]:
    """Every key under which values of the field have stood."""
    found = _spells().get(record_type, {}).get(key, [])
    return [key, *(spell["key"] for spell in found if spell["key"] != key)]


def _spells() -> Mapping[str, Mapping[str, list[dict[str, Any]]]]:
    found: Mapping[str, Any] | None = (
        ConfigSnapshot.objects.order_by("-version").values_list("stored_keys", flat=True).first()
    )
    return found or {}


def removed_types(snapshot: Snapshot) -> dict[str, int]:
    """Types that were published once and are not configured now, with their numbers."""
    rows = TypeNumber.objects.exclude(key__in=snapshot.types)
    return dict(rows.values_list("key", "number"))


def id_range(number: int) -> tuple[int, int]:
    """The ids of a type's records, the end not included."""
    return number << SERIAL_BITS, (number + 1) << SERIAL_BITS
