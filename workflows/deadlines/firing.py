"""Who is told of deadlines that are near or were missed, such as automations. Registered in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

NEAR = "deadline_near"
BREACHED = "deadline_breached"


class Listener(Protocol):
    """`key` names the occasion: told again under the same key, nothing may happen twice."""

    def __call__(
        self, kind: str, record_ids: Sequence[int], *, key: str, detail: Mapping[str, Any]
    ) -> Any: ...


_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    if listener not in _listeners:
        _listeners.append(listener)


def unlisten(listener: Listener) -> None:
    _listeners.remove(listener)


def fire(kind: str, record_ids: Sequence[int], *, key: str, detail: Mapping[str, Any]) -> None:
    for listener in _listeners:
        listener(kind, record_ids, key=key, detail=detail)
