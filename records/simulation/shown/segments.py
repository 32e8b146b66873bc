"""Segments whose number changes, in rows for a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from records.access import Access
from records.models import Simulation
from records.simulation.shown.naming import Naming


@dataclass(frozen=True)
class Row:
    """None where the segment is not there."""

    name: str
    before: int | None
    after: int | None


def shown(result: Any, simulation: Simulation, access: Access) -> Sequence[Row]:
    naming = Naming(simulation, access)
    return [
        Row(naming.words.name(("segments", row["key"])), row["before"], row["after"])
        for row in result
    ]
