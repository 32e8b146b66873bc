"""Who is told when somebody has answered: results, follow-ups. In the transaction that keeps the answers."""

from __future__ import annotations

from collections.abc import Callable

from surveys.definitions import SurveyDef
from surveys.models import Response

Listener = Callable[[Response, SurveyDef], object]
_listeners: dict[str, Listener] = {}


def listen(name: str, listener: Listener) -> None:
    """In `AppConfig.ready()`. What takes long is queued by whoever listens. It may be told again of answers that
    were changed."""
    if name in _listeners:
        raise RuntimeError(f"“{name}” listens already.")
    _listeners[name] = listener


def tell(response: Response, survey: SurveyDef) -> None:
    for listener in _listeners.values():
        listener(response, survey)
