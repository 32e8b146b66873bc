"""What the draft does to values, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm_config.views.impacts import ICONS, LEVELS
from records.access import Access
from records.models import Simulation
from records.simulation.shown.naming import Naming


@dataclass(frozen=True)
class Line:
    place: str
    message: str
    level: str
    icon: str
    level_label: Any


def shown(result: Any, simulation: Simulation, access: Access) -> Sequence[Line]:
    naming = Naming(simulation, access)
    return [
        Line(
            naming.place(row["path"]),
            row["message"],
            row["level"],
            ICONS[row["level"]],
            LEVELS[row["level"]],
        )
        for row in result
    ]
