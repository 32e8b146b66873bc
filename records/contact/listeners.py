"""Whoever has something waiting to be sent hears that it is not wanted any more, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class No:
    """`address` is sealed; an empty purpose means any."""

    address: str
    record_id: int | None = None
    purpose: str = ""


Listener = Callable[[No], object]
_listeners: dict[str, Listener] = {}


def listen(name: str, listener: Listener) -> None:
    """In `AppConfig.ready()`."""
    if name in _listeners:
        raise RuntimeError(f"“{name}” listens already.")
    _listeners[name] = listener


def tell(no: No) -> None:
    for listener in _listeners.values():
        listener(no)
