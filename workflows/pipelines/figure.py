"""In a simulation: records that a draft leaves in a stage that is gone, that takes no more, or that nothing leads out
of any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.definitions import Snapshot, TypeDef
from records.access import Access
from records.models import Simulation
from records.simulation.figures.counting import rows
from records.simulation.registry import Figure
from records.simulation.shown.naming import Naming
from records.simulation.trial import Trial
from workflows.pipelines.definitions import PipelineDef
from workflows.pipelines.live import SECTION, pipeline_with, pipelines_of
from workflows.pipelines.machine import dead_ends

#: The stage is not there any more; it takes no more records; there was a way out of it and is none.
GONE, CLOSED, STUCK = "gone", "closed", "stuck"


def measure(trial: Trial) -> list[dict[str, Any]]:
    trial.step(str(_("Stages")))
    return [
        row
        for record_type in trial.types
        if pipelines_of(trial.before, record_type.key)
        for row in _of_type(record_type, trial)
    ]


def _of_type(record_type: TypeDef, trial: Trial) -> Iterator[dict[str, Any]]:
    held = rows(record_type).exclude(stage=None).values("stage").annotate(number=Count("pk"))
    for found in held.order_by("stage"):
        stage = found["stage"]
        what, to = _fate(record_type.key, str(stage), trial)
        if what:
            yield {
                "type": record_type.key,
                "stage": stage,
                "number": found["number"],
                "what": what,
                "to": to,
            }


def _fate(record_type: str, stage: str, trial: Trial) -> tuple[str, str]:
    """What becomes of records in the stage, and where they go by themselves."""
    before = pipeline_with(trial.before, record_type, stage)
    after = pipeline_with(trial.after, record_type, stage)
    if before is None:
        return "", ""
    if after is None:
        return GONE, _beginning(trial.after, record_type)
    now = after.by_key[stage]
    if now.retired:
        return ("", "") if before.by_key[stage].retired else (CLOSED, now.moved_to)
    if stage in _stuck(after) and stage not in _stuck(before):
        return STUCK, ""
    return "", ""


def _stuck(pipeline: PipelineDef) -> set[str]:
    return {stage.key for stage in dead_ends(pipeline)}


def _beginning(snapshot: Snapshot, record_type: str) -> str:
    held = pipelines_of(snapshot, record_type)
    return held[0].start.key if held else ""


@dataclass(frozen=True)
class Row:
    type: str
    stage: str
    number: int
    what: str
    to: str


def shown(result: Any, simulation: Simulation, access: Access) -> Sequence[Row]:
    naming = Naming(simulation, access)
    names = _stage_names(naming)
    return [
        Row(
            naming.type(row["type"]),
            names.get((row["type"], row["stage"]), row["stage"]),
            row["number"],
            row["what"],
            names.get((row["type"], row["to"]), row["to"]),
        )
        for row in result
    ]


def _stage_names(naming: Naming) -> dict[tuple[str, str], str]:
    """Those of the draft, else of what is published."""
    return {
        (raw["type"], stage["key"]): labels.text(stage.get("labels"), default=stage["key"])
        for payload in (naming.words.before, naming.words.after)
        for raw in payload.get(SECTION, ())
        for stage in raw.get("stages", ())
    }


STAGES = Figure(
    "stages",
    label=_("Records and their stages"),
    measure=measure,
    template="workflows/pipelines/figure.html",
    shown=shown,
    order=45,
)
