"""Whether two comparisons mean the same, however each was written: `10` and `"10.00"`, one value and a list of one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

#: What was written, and by which field it was read.
BESIDE = {"raw", "field", "path", "other"}


def alike(one: Any, other: Any) -> bool:
    """Of parsed nodes and operands. Paths are compared by the text that names them."""
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if is_dataclass(one) and not isinstance(one, type) and not hasattr(one, "label"):
        return all(_same(each.name, one, other) for each in fields(one))
    return one is other or bool(one == other)


def _same(name: str, one: Any, other: Any) -> bool:
    left, right = getattr(one, name), getattr(other, name)
    if name in ("path", "other"):
        return getattr(left, "text", left) == getattr(right, "text", right)
    return name in BESIDE or alike(left, right)
