"""Fields gained and lost, and who may create, in rows for a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from records.access import Access
from records.models import Simulation
from records.simulation.shown.naming import Naming


@dataclass(frozen=True)
class Row:
    """`changes` are pairs of what happens and to which fields."""

    who: str
    type: str
    changes: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Rights:
    roles: Sequence[Row]
    people: Sequence[Row]


def shown(result: Any, simulation: Simulation, access: Access) -> Rights:
    naming = Naming(simulation, access)
    return Rights(
        roles=[_row(row, naming.role(row["role"]), naming) for row in result["roles"]],
        people=[_row(row, naming.people(row["users"]), naming) for row in result["people"]],
    )


def _row(row: Mapping[str, Any], who: str, naming: Naming) -> Row:
    said = {
        "read_gained": _("comes to read"),
        "read_lost": _("no longer reads"),
        "write_gained": _("comes to change"),
        "write_lost": _("no longer changes"),
    }
    changes = [
        (text, naming.fields(row["type"], row[name])) for name, text in said.items() if name in row
    ]
    if "create" in row:
        gained = row["create"] == "gained"
        changes.append((_("may create new ones") if gained else _("creates no new ones"), ""))
    return Row(who, naming.type(row["type"]), changes)
