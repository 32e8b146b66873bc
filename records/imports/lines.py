"""A row on its way to a record: what django-import-export calls the instance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from records.gate import Change
from records.imports.outcomes import Correction, Fault, told


@dataclass(frozen=True)
class Source:
    """Where a field's value came from."""

    column: str
    part: str
    found: Any


@dataclass(eq=False)
class Line:
    """`values` go to the gate. `pending` are fields whose value does not exist yet: what a dry run would
    make, and links to rows further down (`deferred`, as texts), which are set when all rows are in."""

    number: int
    record_id: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, list[Source]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    pending: set[str] = field(default_factory=set)
    deferred: dict[str, list[str]] = field(default_factory=dict)

    @property
    def pk(self) -> int | None:
        """As django-import-export calls the id."""
        return self.record_id

    def came_from(self, key: str, source: Source) -> None:
        self.sources.setdefault(key, []).append(source)

    def blame(self, code: str, message: str, key: str = "") -> None:
        """A fault of the row, or of what a field's column holds."""
        told_by = self.sources.get(key, [])
        source = next((s for s in told_by if s.part == code), told_by[0] if told_by else None)
        column, found = (source.column, told(source.found)) if source else ("", "")
        self.faults.append(Fault(code, message, column, key, found))

    def change(self, record_type: str) -> Change:
        if self.record_id is None:
            return Change("create", type=record_type, values=self.values, ref=self)
        return Change("change", type=record_type, id=self.record_id, values=self.values, ref=self)
