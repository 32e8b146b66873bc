"""In a simulation: how many live records break each procedure, as published and as drafted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.conditions.api import NotInSql
from crm_config.definitions import Snapshot
from records.access import Access
from records.models import Simulation
from records.selectors import RecordView
from records.selectors.recent import visible_in_order
from records.simulation.registry import Figure
from records.simulation.shown.naming import Naming
from records.simulation.trial import Trial
from workflows.procedures.conditions import Broken, rule_of
from workflows.procedures.definitions import SECTION, ProcedureDef, procedures_of
from workflows.procedures.jobs import breaking

#: Of each procedure, the records that are named.
FIRST = 20


def measure(trial: Trial) -> list[dict[str, Any]]:
    """Those that more or fewer records break, and those that are new or of which it cannot be said."""
    trial.step(str(_("Procedures")))
    return list(_rows(trial))


def _rows(trial: Trial) -> Iterator[dict[str, Any]]:
    held = {t.key for t in trial.types}
    before, after = procedures_of(trial.before), procedures_of(trial.after)
    for key in sorted({*before, *after}):
        old = _count(before.get(key), trial.before, held)
        new = _count(after.get(key), trial.after, held)
        if old["number"] == new["number"] and not (new["unknown"] and key not in before):
            continue
        yield {
            "key": key,
            "type": (after.get(key) or before[key]).type,
            "before": old["number"],
            "after": new["number"],
            "first": new["first"],
            "unknown": new["unknown"],
        }


def _count(procedure: ProcedureDef | None, snapshot: Snapshot, held: set[str]) -> dict[str, Any]:
    """`unknown`: it asks what changed, which records that stand cannot tell, or it cannot be read."""
    nothing = {"number": 0, "first": [], "unknown": False}
    if procedure is None or procedure.retired or procedure.type not in held:
        return nothing
    record_type = snapshot.types.get(procedure.type)
    if record_type is None or record_type.retired:
        return nothing
    rule = rule_of(procedure, snapshot)
    if isinstance(rule, Broken):
        return {**nothing, "unknown": True}
    try:
        rows = breaking(procedure, rule, snapshot)
        first = list(rows.order_by("pk").values_list("pk", flat=True)[:FIRST])
    except NotInSql:
        return {**nothing, "unknown": True}
    number = len(first) if len(first) < FIRST else rows.count()
    return {"number": number, "first": first, "unknown": False}


@dataclass(frozen=True)
class Row:
    """`records` are those of the first that the reader may see."""

    name: str
    type: str
    before: int
    after: int
    records: Sequence[RecordView]
    unknown: bool


def shown(result: Any, simulation: Simulation, access: Access) -> Sequence[Row]:
    naming = Naming(simulation, access)
    ids = list(dict.fromkeys(pk for row in result for pk in row["first"]))
    views = {view.id: view for view in visible_in_order(ids, access=access)}
    return [
        Row(
            naming.words.name((SECTION, row["key"])),
            naming.type(row["type"]),
            row["before"],
            row["after"],
            [views[pk] for pk in row["first"] if pk in views],
            row["unknown"],
        )
        for row in result
    ]


PROCEDURES = Figure(
    "procedures",
    label=_("Procedures that live records break"),
    measure=measure,
    template="workflows/procedures/figure.html",
    shown=shown,
    order=46,
)
