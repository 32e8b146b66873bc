"""Every record is there for a role: for some member of it, or for each of them. Archived records are not asked
about."""

from __future__ import annotations

from django.db.models import Min, Q

from crm_config.promises.checking import Example
from crm_config.promises.definition import PromiseDef
from records.access import Access
from records.models import Record
from records.models.record import RecordQuerySet
from records.promises.reached import first_of, holds
from records.promises.world import World
from records.simulation.sets import exact, union


def example(promise: PromiseDef, world: World) -> Example | None:
    role, action = promise.arguments["role"], promise.arguments["action"]
    record_type, members = world.record_type(promise), world.members(role)
    world.role(role)
    wanted = Record.unscoped.of(record_type).filter(archived_at=None)
    if (condition := world.condition(promise)) is not None:
        wanted = wanted.filter(holds(condition, world.alone(role)))
    reached = [(member, exact(member.q(action, record_type))) for member in members]
    everyone = promise.arguments["who"] == "all"
    missed = _missed_by_one(reached, wanted) if everyone else _missed_by_all(reached, wanted)
    if missed is None:
        return None
    user, record = missed
    return Example(role=role, user=user, record=record, action=action, type=record_type.key)


def _missed_by_one(
    reached: list[tuple[Access, Q]], wanted: RecordQuerySet
) -> tuple[int | None, int] | None:
    found = first_of(((member, ~q) for member, q in reached), wanted)
    return (found[0].user_id, found[1]) if found else None


def _missed_by_all(
    reached: list[tuple[Access, Q]], wanted: RecordQuerySet
) -> tuple[int | None, int] | None:
    least = wanted.filter(~union(q for _member, q in reached)).aggregate(least=Min("pk"))["least"]
    return None if least is None else (None, least)
