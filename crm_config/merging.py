"""Merging one payload into another: by key, removing nothing."""

from collections.abc import Mapping
from typing import Any

from crm_config.diff import identity

#: Lists of names that grow when merged; others are replaced as a whole.
GROWING = frozenset({"targets", "traits", "columns", "languages"})
#: Maps that mean something only as a whole.
WHOLE = frozenset({"default", "condition", "where"})


def merge(base: Any, addition: Any, *, keep: bool = False, name: str = "") -> Any:
    """`base` with what `addition` says put in. Where both say something, the addition's word is taken;
    with `keep`, the base's. Merging the same again changes nothing."""
    if isinstance(base, Mapping) and isinstance(addition, Mapping) and name not in WHOLE:
        return _maps(base, addition, keep)
    if _objects(base) and _objects(addition):
        return _lists(base, addition, keep)
    if name in GROWING and isinstance(base, list) and isinstance(addition, list):
        return [*base, *(each for each in addition if each not in base)]
    return base if keep else addition


def _maps(base: Mapping[str, Any], addition: Mapping[str, Any], keep: bool) -> dict[str, Any]:
    merged = dict(base)
    for name, value in addition.items():
        merged[name] = merge(base[name], value, keep=keep, name=name) if name in base else value
    return merged


def _lists(base: list[Any], addition: list[Any], keep: bool) -> list[Any]:
    merged = {identity(item): item for item in base}
    for item in addition:
        known = merged.get(identity(item))
        merged[identity(item)] = item if known is None else merge(known, item, keep=keep)
    return list(merged.values())


def _objects(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, Mapping) and identity(item) for item in value
    )
