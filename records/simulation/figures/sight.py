"""Records that people and roles gain and lose, by type and action: set differences in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import ACTIONS, TypeDef
from records.simulation.figures.counting import counts, samples
from records.simulation.figures.pairs import Pair, of_people, of_roles
from records.simulation.registry import Figure
from records.simulation.sets import union
from records.simulation.shown.sight import shown
from records.simulation.trial import Trial

#: Creating is about no record that is there: `rights` tells it.
ON_RECORDS = tuple(action for action in ACTIONS if action != "create")
Row = dict[str, Any]


def measure(trial: Trial) -> dict[str, list[Row]]:
    """`totals` for all people together, and who they are; then each role and each group of people."""
    found: dict[str, list[Row]] = {"totals": [], "roles": [], "people": []}
    for record_type in trial.types:
        for action in ON_RECORDS:
            trial.step(f"{record_type.plural_label}")
            about = {"type": record_type.key, "action": action}
            people = of_people(action, record_type, trial)
            told = list(rows(record_type, people))
            found["people"] += [{**about, **row} for row in told]
            roles = rows(record_type, of_roles(action, record_type, trial))
            found["roles"] += [{**about, **row} for row in roles]
            if told:
                found["totals"].append({**about, **total(record_type, people, told)})
    return found


def rows(record_type: TypeDef, pairs: Iterable[Pair]) -> Iterator[Row]:
    """Of those that gain or lose something at all."""
    asked = list(pairs)
    gained = counts(record_type, [pair.gained for pair in asked])
    lost = counts(record_type, [pair.lost for pair in asked])
    for pair, more, less in zip(asked, gained, lost, strict=True):
        if more or less:
            who = {"role": pair.role} if pair.role else {"users": list(pair.users)}
            yield {
                **who,
                "gained": more,
                "lost": less,
                "gained_ids": samples(record_type, pair.gained) if more else [],
                "lost_ids": samples(record_type, pair.lost) if less else [],
            }


def total(record_type: TypeDef, pairs: list[Pair], told: list[Row]) -> Row:
    """How many people, and how many different records."""
    gained, lost = together(pairs)
    more, less = counts(record_type, [gained, lost])
    return {
        "gained": more,
        "lost": less,
        "gaining": sum(len(row["users"]) for row in told if row["gained"]),
        "losing": sum(len(row["users"]) for row in told if row["lost"]),
    }


def together(pairs: Iterable[Pair]) -> tuple[Any, Any]:
    asked = list(pairs)
    return union(pair.gained for pair in asked), union(pair.lost for pair in asked)


SIGHT = Figure(
    "sight",
    label=_("Records that people gain and lose"),
    measure=measure,
    template="records/simulation/sight.html",
    shown=shown,
    steps=lambda trial: len(trial.types) * len(ON_RECORDS),
    order=20,
)
