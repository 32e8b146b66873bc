"""Whom and what a condition's operands name, so that their names can be fetched before it is said in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm_config.conditions.operands import Literal, Pair, Several
from crm_config.conditions.paths import is_link
from crm_config.conditions.tree import Compare, Node, children

#: Kinds of names, by the key of the field's type.
NAMED = {"user": "users", "team": "teams"}


def named(node: Node) -> Iterator[tuple[str, int]]:
    """Kinds (`users`, `teams`, `records`) and ids."""
    if isinstance(node, Compare):
        f = node.path.field
        kind = "records" if is_link(f) else NAMED.get(f.type.kind)
        if kind is not None:
            yield from ((kind, value) for value in _ids(node.operand))
    for inner in children(node):
        yield from named(inner)


def _ids(operand: Any) -> Iterator[int]:
    match operand:
        case Literal(value=value) if isinstance(value, int):
            yield value
        case Several(items=items):
            for item in items:
                yield from _ids(item)
        case Pair(low=low, high=high):
            yield from _ids(low)
            yield from _ids(high)
