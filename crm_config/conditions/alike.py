"""Whether two comparisons mean the same, however each was written: `10` and `"10.00"`, one value and a list of one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from crm_config.conditions.operands import Several

#: What was written, and by which field it was read.
BESIDE = {"raw", "field", "path", "other"}


def alike(one: Any, other: Any) -> bool:
    """Of parsed nodes and operands. Paths are compared by the text that names them."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Several):
        return _each_in(one.items, other.items) and _each_in(other.items, one.items)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if is_dataclass(one) and not isinstance(one, type) and not hasattr(one, "label"):
        return all(_same(each.name, one, other) for each in fields(one))
    return one is other or bool(one == other)


def _each_in(items: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    """The order of a list, and what stands in it twice, do not count."""
    return all(any(alike(item, other) for other in others) for item in items)


def _same(name: str, one: Any, other: Any) -> bool:
    left, right = getattr(one, name), getattr(other, name)
    if name == "relation":
        return bool(left.key == right.key)
    if name in ("path", "other"):
        return getattr(left, "text", left) == getattr(right, "text", right)
    return name in BESIDE or alike(left, right)
