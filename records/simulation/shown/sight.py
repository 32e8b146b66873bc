"""Records gained and lost, in rows for a table, each number with its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from crm_config.definitions import ACTIONS
from crm_config.field_types.base import LinkLabel
from records.access import Access
from records.models import Simulation
from records.simulation.shown.naming import Naming, ShownRecord, shown_records


@dataclass(frozen=True)
class Number:
    count: int
    url: str
    samples: Sequence[ShownRecord]


@dataclass(frozen=True)
class Row:
    who: str
    type: str
    action: str
    gained: Number
    lost: Number


@dataclass(frozen=True)
class Line:
    """“3 people lose sight of 87 records.”"""

    said: str
    url: str
    losing: bool


@dataclass(frozen=True)
class Sight:
    lines: Sequence[Line]
    roles: Sequence[Row]
    people: Sequence[Row]


def shown(result: Any, simulation: Simulation, access: Access) -> Sight:
    naming = Naming(simulation, access)
    rows = [*result["roles"], *result["people"]]
    known = naming.records(pk for row in rows for way in WAYS for pk in row[f"{way}_ids"])
    return Sight(
        lines=lines(result, naming),
        roles=[_row(row, naming.role(row["role"]), naming, known) for row in result["roles"]],
        people=[_row(row, naming.people(row["users"]), naming, known) for row in result["people"]],
    )


WAYS = ("gained", "lost")


def lines(result: Any, naming: Naming) -> list[Line]:
    """Seeing first, then the other actions; of each, what is lost first."""
    told = [
        (ACTIONS.index(row["action"]), place, _line(row, way, row[people], naming))
        for row in result["totals"]
        for place, (way, people) in enumerate((("lost", "losing"), ("gained", "gaining")))
        if row[way]
    ]
    return [line for _action, _way, line in sorted(told, key=lambda each: each[:2])]


def _line(row: Mapping[str, Any], way: str, people: int, naming: Naming) -> Line:
    about = {"action": row["action"], "type": row["type"], "way": way}
    told = {
        "people": people,
        "count": row[way],
        "type": naming.type(row["type"]),
        "action": naming.action(row["action"]),
    }
    return Line(_said(way, people) % told, naming.records_url(**about), way == "lost")


def _said(way: str, people: int) -> str:
    if way == "lost":
        return ngettext(
            "%(action)s: %(people)s person loses %(count)s of %(type)s",
            "%(action)s: %(people)s people lose %(count)s of %(type)s",
            people,
        )
    return ngettext(
        "%(action)s: %(people)s person gains %(count)s of %(type)s",
        "%(action)s: %(people)s people gain %(count)s of %(type)s",
        people,
    )


def _row(row: Mapping[str, Any], who: str, naming: Naming, known: dict[int, LinkLabel]) -> Row:
    asked = {"role": row["role"]} if "role" in row else {"user": row["users"][0]}
    about = {**asked, "action": row["action"], "type": row["type"]}
    gained, lost = (
        Number(
            row[way],
            naming.records_url(**about, way=way),
            shown_records(row[f"{way}_ids"], known),
        )
        for way in WAYS
    )
    return Row(who, naming.type(row["type"]), naming.action(row["action"]), gained, lost)
