"""Where in a message a value stands: `order.customer.email`, `items.0.name`; `items.*.sku` is each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST = 50
EACH = "*"


def at(body: Any, path: str) -> Any:
    """None where there is nothing. Of several, a list; what is neither text, number nor truth is left out."""
    found = _at(body, path.split("."))
    if isinstance(found, list):
        return [v for v in found if isinstance(v, str | int | float | bool)][:MOST] or None
    return found if isinstance(found, str | int | float | bool) else None


def _at(body: Any, steps: list[str]) -> Any:
    if not steps:
        return body
    step, *rest = steps
    if isinstance(body, Mapping):
        return _at(body.get(step), rest)
    if isinstance(body, list) and step == EACH:
        return [v for each in body[:MOST] if (v := _at(each, rest)) is not None]
    if isinstance(body, list) and step.isdigit() and int(step) < len(body):
        return _at(body[int(step)], rest)
    return None


def mapped(body: Any, mapping: Mapping[str, str]) -> dict[str, Any]:
    found = {item: at(body, path) for item, path in mapping.items()}
    return {item: value for item, value in found.items() if value is not None}
