"""What a form with a builder in it sent: rows, or JSON where that was written by hand or there is no script."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from records.builder.sheet import Sheet

ROWS = "rows"


class Typed:
    def __init__(self, name: str, data: Mapping[str, Any]) -> None:
        self.name, self.data = name, data

    @property
    def by_rows(self) -> bool:
        return self.data.get(f"{self.name}-mode") == ROWS

    @property
    def text(self) -> str:
        return str(self.data.get(self.name) or "")

    @cached_property
    def sheet(self) -> Sheet:
        """Raises `BadShape`."""
        return Sheet.read(self.name, self.data)
