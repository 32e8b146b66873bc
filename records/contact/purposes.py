"""What people can unsubscribe from, by key: apps above that write to them say it, in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from crm_config.definitions import Snapshot

Source = Callable[[Snapshot], Mapping[str, Any]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    if name in _sources:
        raise RuntimeError(f"Two sources of purposes call themselves {name!r}.")
    _sources[name] = source


def purposes(snapshot: Snapshot) -> dict[str, Any]:
    """Labels by key; the first source to name one labels it."""
    found: dict[str, Any] = {}
    for source in _sources.values():
        found = {**source(snapshot), **found}
    return found


def label_of(key: str, snapshot: Snapshot) -> str:
    return str(purposes(snapshot).get(key) or key.replace("_", " ").capitalize())
