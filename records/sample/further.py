"""What apps above add to the sample company once its records are there. They register it in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

#: Given the moment at which the sample is loaded; gives how many records it wrote. It looks itself whether it was
#: there before: twice is once.
Load = Callable[[datetime], int]
_loads: dict[str, Load] = {}


def register(name: str, load: Load) -> None:
    if name in _loads:
        raise RuntimeError(f"“{name}” adds to the sample company already.")
    _loads[name] = load


def add(now: datetime) -> int:
    """In the caller's transaction; how many records."""
    return sum(load(now) for load in _loads.values())
