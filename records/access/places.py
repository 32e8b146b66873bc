"""Where a right on a field holds: for a query, and on one record. The two agree (property test)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Protocol

from django.db.models import Q

from crm_config.conditions.api import Condition
from crm_config.definitions import RoleDef, TypeDef
from crm_config.expressions import either, unelided
from records.access.scopes import Owned

if TYPE_CHECKING:
    from records.access.asker import Asker


class Place(Protocol):
    def q(self, asker: Asker) -> Q: ...

    def holds(self, asker: Asker, record: Owned) -> bool: ...


#: Everywhere, nowhere, or on some records.
Rule = bool | Place


@dataclass(frozen=True, eq=False)
class Fitting:
    """On the records that fit a condition."""

    condition: Condition
    type: TypeDef

    def q(self, asker: Asker) -> Q:
        return self.condition.q(asker.standpoint)

    def holds(self, asker: Asker, record: Owned) -> bool:
        return asker.fits(self.condition, record, self.type)


@dataclass(frozen=True, eq=False)
class Within:
    """On the records with which one role lets its members do something."""

    role: RoleDef
    type: TypeDef
    action: str

    def q(self, asker: Asker) -> Q:
        return unelided(asker.reach_q(self.action, self.type, by=self.role))

    def holds(self, asker: Asker, record: Owned) -> bool:
        return asker.reaches(self.action, record, self.type, by=self.role)


@dataclass(frozen=True, eq=False)
class Some:
    parts: Sequence[Place]

    def q(self, asker: Asker) -> Q:
        return either(part.q(asker) for part in self.parts)

    def holds(self, asker: Asker, record: Owned) -> bool:
        return any(part.holds(asker, record) for part in self.parts)


@dataclass(frozen=True, eq=False)
class Every:
    parts: Sequence[Place]

    def q(self, asker: Asker) -> Q:
        return reduce(and_, (part.q(asker) for part in self.parts))

    def holds(self, asker: Asker, record: Owned) -> bool:
        return all(part.holds(asker, record) for part in self.parts)


def some(found: Iterable[Rule]) -> Rule:
    parts: list[Place] = []
    for rule in found:
        if isinstance(rule, bool):
            if rule:
                return True
        else:
            parts.append(rule)
    if not parts:
        return False
    return parts[0] if len(parts) == 1 else Some(parts)


def every(found: Iterable[Rule]) -> Rule:
    parts: list[Place] = []
    for rule in found:
        if isinstance(rule, bool):
            if not rule:
                return False
        else:
            parts.append(rule)
    if not parts:
        return True
    return parts[0] if len(parts) == 1 else Every(parts)
