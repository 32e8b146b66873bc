"""How conditions of the configuration find the segments that they name: whoever keeps segments says so."""

from __future__ import annotations

from collections.abc import Callable

from crm_config.conditions.contexts import FindSegment, no_segment
from crm_config.definitions import Snapshot

Finder = Callable[[Snapshot], FindSegment]

_registered: list[Finder] = []


def register(finder: Finder) -> None:
    """In `AppConfig.ready()`. Raises `RuntimeError` where somebody does it already."""
    if _registered:
        raise RuntimeError("Segments are found already: only one app keeps them.")
    _registered.append(finder)


def find_in(snapshot: Snapshot) -> FindSegment:
    return _registered[0](snapshot) if _registered else no_segment
