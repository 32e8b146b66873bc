"""Records that people and roles gain and lose, by type and action: set differences in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import ACTIONS
from records.simulation.figures.counting import Counter
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
        counter = Counter(record_type)
        for action in ON_RECORDS:
            trial.step(record_type.plural_label)
            about = {"type": record_type.key, "action": action}
            people = of_people(action, record_type, trial)
            found["people"] += [{**about, **row} for row in rows(counter, people)]
            roles = of_roles(action, record_type, trial)
            found["roles"] += [{**about, **row} for row in rows(counter, roles)]
            total = {way: together(counter, people, way) for way in WAYS}
            if any(count for count, _people in total.values()):
                found["totals"].append({**about, **_in_words(total)})
    return found


WAYS = ("gained", "lost")


def rows(counter: Counter, pairs: Iterable[Pair]) -> Iterator[Row]:
    """Of those that gain or lose something at all."""
    for pair in pairs:
        gained, lost = counter.of(pair.gained), counter.of(pair.lost)
        if gained.count or lost.count:
            who = {"role": pair.role} if pair.role else {"users": list(pair.users)}
            yield {
                **who,
                "gained": gained.count,
                "lost": lost.count,
                "gained_ids": list(gained.samples),
                "lost_ids": list(lost.samples),
            }


def together(counter: Counter, pairs: Iterable[Pair], way: str) -> tuple[int, int]:
    """How many different records, and how many people."""
    concerned = [pair for pair in pairs if counter.of(getattr(pair, way)).count]
    if not concerned:
        return 0, 0
    records = counter.of(union(getattr(pair, way) for pair in concerned)).count
    return records, sum(len(pair.users) for pair in concerned)


def _in_words(total: dict[str, tuple[int, int]]) -> Row:
    (gained, gaining), (lost, losing) = total["gained"], total["lost"]
    return {"gained": gained, "lost": lost, "gaining": gaining, "losing": losing}


SIGHT = Figure(
    "sight",
    label=_("Records that people gain and lose"),
    measure=measure,
    template="records/simulation/sight.html",
    shown=shown,
    steps=lambda trial: len(trial.types) * len(ON_RECORDS),
    order=20,
)
