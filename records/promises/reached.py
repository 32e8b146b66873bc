"""Which of many people reach a record, and by which of their roles: asked in SQL."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from django.db.models import Q

from crm_config.conditions.api import Condition
from crm_config.definitions import TypeDef
from crm_config.expressions import apart
from records.access import Access
from records.models import Record
from records.models.record import RecordQuerySet
from records.selectors.conditions import standpoint
from records.simulation.sets import exact, mark_of
from records.standins import by_role

#: Archived records can be seen; nothing else can be done with them.
SEEING = frozenset({"view", "export"})


def granted(access: Access, action: str, record_type: TypeDef) -> bool:
    """Whether the grants alone allow it on anything: what cannot be seen cannot be acted on."""
    sees = action in ("view", "create") or access.may("view", record_type)
    return sees and access.may(action, record_type)


def rows(record_type: TypeDef, action: str) -> RecordQuerySet:
    found = Record.unscoped.of(record_type)
    return found if action in SEEING else found.filter(archived_at=None)


def first(
    accesses: Iterable[Access], action: str, record_type: TypeDef, condition: Condition | None
) -> tuple[Access, int] | None:
    """The first of these people who reaches a record that meets the condition, and the record's id."""
    asked = ((a, reach_q(a, action, record_type, condition)) for a in accesses)
    return first_of(asked, rows(record_type, action))


def first_of(asked: Iterable[tuple[Access, Q]], found: RecordQuerySet) -> tuple[Access, int] | None:
    """The first person for whose query there is a record, with the least id of one. What several people reach
    alike is asked once."""
    seen: dict[Hashable, Q] = {}
    for access, q in asked:
        if mark_of(q) in seen:
            continue
        seen[mark_of(q)] = q
        least = found.filter(q).order_by("pk").values_list("pk", flat=True).first()
        if least is not None:
            return access, least
    return None


def reach_q(access: Access, action: str, record_type: TypeDef, condition: Condition | None) -> Q:
    reached = exact(access.q(action, record_type))
    return reached & holds(condition, access) if condition is not None else reached


def holds(condition: Condition, access: Access) -> Q:
    return apart(exact(condition.q(standpoint(access))))


def through(
    access: Access, action: str, record_type: TypeDef, record: int | None
) -> tuple[str, ...]:
    """The roles that do it by themselves, with this record or at all; where none does, those that grant the
    action: another then lets it be seen."""
    mine = [(role.key, by_role(access, role.key)) for role in access.roles]
    if record is None:
        alone = [key for key, a in mine if granted(a, action, record_type)]
    else:
        at = Record.unscoped.filter(pk=record)
        alone = [k for k, a in mine if at.filter(exact(a.q(action, record_type))).exists()]
    return tuple(alone or [key for key, a in mine if a.may(action, record_type)])
