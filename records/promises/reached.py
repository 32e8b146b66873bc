"""Which of many people reach a record, and by which of their roles: SQL, a scan for many people at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db.models import Min, Q

from crm_config.conditions.api import Condition
from crm_config.definitions import TypeDef
from crm_config.expressions import apart
from records.access import Access
from records.models import Record
from records.models.record import RecordQuerySet
from records.selectors.conditions import standpoint
from records.simulation.sets import exact
from records.standins import by_role

#: People asked about in one scan.
CHUNK = 40
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
    """The first person for whose query there is a record, with the least id of one."""
    for some in chunks(asked):
        least = found.aggregate(
            **{f"p{n}": Min("pk", filter=q) for n, (_access, q) in enumerate(some)}
        )
        for n, (access, _q) in enumerate(some):
            if least[f"p{n}"] is not None:
                return access, least[f"p{n}"]
    return None


def reach_q(access: Access, action: str, record_type: TypeDef, condition: Condition | None) -> Q:
    reached = exact(access.q(action, record_type))
    return reached & holds(condition, access) if condition is not None else reached


def holds(condition: Condition, access: Access) -> Q:
    return apart(exact(condition.q(standpoint(access))))


def chunks(asked: Iterable[tuple[Access, Q]]) -> Iterator[Sequence[tuple[Access, Q]]]:
    left = iter(asked)
    while some := list(islice(left, CHUNK)):
        yield some


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
