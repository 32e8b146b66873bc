"""What happened around records that is no change of theirs, such as that a form was sent: apps that make it happen tell
of it, apps that act on it listen, and neither knows the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Occasion:
    """`key` names it for good: told again under the same key, nothing is done twice."""

    kind: str
    record_ids: Sequence[int]
    key: str
    detail: Mapping[str, Any] = field(default_factory=dict)


Listener = Callable[[Occasion], object]
_listeners: dict[str, Listener] = {}


def listen(name: str, listener: Listener) -> None:
    """In `AppConfig.ready()`. It is told in the transaction of whoever tells, and queues what takes long."""
    if name in _listeners:
        raise RuntimeError(f"“{name}” listens already.")
    _listeners[name] = listener


def tell(occasion: Occasion) -> None:
    for listener in _listeners.values():
        listener(occasion)
