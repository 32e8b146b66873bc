"""References that lead nowhere, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from records.access import Access
from records.models import Simulation
from records.simulation.shown.naming import Naming


@dataclass(frozen=True)
class Line:
    source: str
    target: str
    how: str


def shown(result: Any, simulation: Simulation, access: Access) -> Sequence[Line]:
    naming = Naming(simulation, access)
    return [
        Line(naming.place(row["source"]), naming.place(row["target"]), row["how"]) for row in result
    ]
