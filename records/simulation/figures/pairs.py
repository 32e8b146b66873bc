"""What a role or a group of people reaches before and after, as queries, for one action on one type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from crm_config.definitions import Snapshot, TypeDef
from records.access.scopes import NOTHING
from records.simulation.sets import mark_of, minus, same, union
from records.simulation.trial import Person, Trial
from records.standins import role_alone


@dataclass(frozen=True, eq=False)
class Pair:
    """`users` reach the same before and the same after; or it is about a `role`, by itself."""

    gained: Q
    lost: Q
    users: tuple[int, ...] = ()
    role: str = ""


def reach(person: Person, action: str, record_type: TypeDef, trial: Trial) -> tuple[Q, Q]:
    after = trial.after.types.get(record_type.key)
    return (
        person.before.q(action, record_type),
        person.after.q(action, after) if after else NOTHING,
    )


def of_people(action: str, record_type: TypeDef, trial: Trial) -> list[Pair]:
    """Those whose reach is written differently, each group once."""
    grouped: dict[object, tuple[Q, Q, list[int]]] = {}
    for person in trial.people:
        before, after = reach(person, action, record_type, trial)
        if not same(before, after):
            mark = (mark_of(before), mark_of(after))
            grouped.setdefault(mark, (before, after, []))[2].append(person.id)
    return [
        Pair(minus(after, before), minus(before, after), users=tuple(users))
        for before, after, users in grouped.values()
    ]


def of_roles(action: str, record_type: TypeDef, trial: Trial) -> Iterator[Pair]:
    for role in trial.roles:
        before = role_q(role, action, record_type, trial, trial.before)
        after = role_q(role, action, record_type, trial, trial.after)
        if not same(before, after):
            yield Pair(minus(after, before), minus(before, after), role=role)


def role_q(role: str, action: str, record_type: TypeDef, trial: Trial, snapshot: Snapshot) -> Q:
    """What the role by itself lets any of its members reach; also of a role that nobody has yet."""
    found = snapshot.types.get(record_type.key)
    if found is None or role not in snapshot.roles:
        return union(())
    if not role_alone(role, snapshot).may(action, found):
        return union(())
    return union(access.q(action, found) for access in trial.by_role(role, snapshot))
