"""Whether a record may go a way: who asks, what the record is, and what is missing on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.api import Subject
from crm_config.definitions import TypeDef
from crm_config.field_types.base import Text
from records.access import Access
from workflows.pipelines.conditions import by_of, condition_of, guard_of
from workflows.pipelines.definitions import PipelineDef, StageDef, TransitionDef
from workflows.pipelines.live import SECTION, pipelines_of
from workflows.pipelines.machine import Move, Obstacle

#: A record as it is or will be, made only where a condition asks it.
Ask = Callable[[], Subject]


@dataclass(frozen=True)
class Finding:
    """One thing that stands in the way. `rule` is the name by which it can be waived, empty where it cannot;
    `field` the one to fill in."""

    code: str
    message: Text
    rule: str = ""
    field: str | None = None


def rule_of(pipeline: PipelineDef, key: str) -> str:
    return f"{SECTION}:{pipeline.key}/{key}"


def taking(record_type: TypeDef, subject: Ask, access: Access) -> PipelineDef | None:
    """The pipeline that takes a new record."""
    held = pipelines_of(access.snapshot, record_type.key)
    return next((p for p in held if takes(p, subject, access)), None)


def takes(pipeline: PipelineDef, subject: Ask, access: Access) -> bool:
    if not pipeline.condition:
        return True
    condition = condition_of(pipeline, access.snapshot)
    return condition is not None and condition.test(subject(), access.askers[0].standpoint)


def may_go(
    transition: TransitionDef | None, pipeline: PipelineDef, subject: Ask, access: Access
) -> bool:
    """Whether it is for this person, as the record is now. The system itself may go every way."""
    if transition is None or access.authority:
        return True
    return any(_may(transition, pipeline, subject, access, asker) for asker in access.askers)


def _may(
    transition: TransitionDef, pipeline: PipelineDef, subject: Ask, access: Access, asker: Any
) -> bool:
    if asker.unlimited:
        return True
    if transition.roles and transition.roles.isdisjoint(role.key for role in asker.roles):
        return False
    if not transition.by:
        return True
    condition = by_of(transition, pipeline, access.snapshot)
    return condition is not None and condition.test(subject(), asker.standpoint)


def guard_holds(
    transition: TransitionDef, pipeline: PipelineDef, after: Ask, access: Access
) -> bool:
    if not transition.guard:
        return True
    guard = guard_of(transition, pipeline, access.snapshot)
    return guard is not None and guard.test(after(), access.askers[0].standpoint)


def chosen(
    found: Sequence[Move], pipeline: PipelineDef, before: Ask, after: Ask, access: Access
) -> tuple[Move | None, list[Finding]]:
    """Of several ways with the same ends, the first that is open; else what stands in the first one's way."""
    mine = [m for m in found if may_go(m.transition, pipeline, before, access)]
    if not mine:
        return None, [Finding("not_your_move", _("This move is for others to make."))]
    for move in mine:
        if move.transition is None or guard_holds(move.transition, pipeline, after, access):
            return move, []
    first = mine[0]
    return first, [_guarded(first, pipeline)]


def _guarded(move: Move, pipeline: PipelineDef) -> Finding:
    transition = move.transition
    said = transition.message_text if transition else ""
    message = said or _("The record is not ready for “%(stage)s”.") % {"stage": move.to.label}
    return Finding(
        "guard", message, rule_of(pipeline, transition.key if transition else move.to.key)
    )


def no_way(obstacle: Obstacle, source: StageDef, target: StageDef) -> Finding:
    names = {"source": source.label, "target": target.label}
    messages = {
        "no_transition": _("There is no way from “%(source)s” to “%(target)s”."),
        "no_backward": _("Records do not go back from “%(source)s” to “%(target)s”."),
        "no_skip": _("Stages between “%(source)s” and “%(target)s” cannot be skipped."),
        "retired": _("“%(target)s” takes no more records."),
    }
    return Finding(obstacle, messages[obstacle] % names)


def missing(
    keys: Iterable[str],
    present: Collection[str],
    record_type: TypeDef,
    stage: StageDef,
    *,
    leaving: bool = False,
) -> list[Finding]:
    """The fields that must be filled in first, each said at its place."""
    said = (
        _("“%(field)s” is needed to leave “%(stage)s”.")
        if leaving
        else _("“%(field)s” is needed in “%(stage)s”.")
    )
    return [
        Finding(
            "missing_for_stage",
            said % {"field": record_type.all_fields[key].label, "stage": stage.label},
            field=key,
        )
        for key in dict.fromkeys(keys)
        if key not in present and key in record_type.all_fields
    ]
