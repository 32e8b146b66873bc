"""What a check of promises looks at: one snapshot, and the people as they stand. Read once for all promises."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from crm_config.conditions.api import Condition
from crm_config.definitions import RoleDef, Snapshot, TypeDef
from crm_config.promises.conditions import condition
from crm_config.promises.definition import PromiseDef
from crm_config.promises.kinds.registry import KINDS
from records.access import Access
from records.standins import everybody, role_alone, under


class Unknown(LookupError):
    """The promise names something that is not there."""


@dataclass(frozen=True, eq=False)
class World:
    snapshot: Snapshot

    @cached_property
    def people(self) -> tuple[Access, ...]:
        """Superusers stand outside: what they may do comes from no role."""
        return tuple(under(access, self.snapshot) for access in everybody() if not access.unlimited)

    def members(self, role: str) -> list[Access]:
        return [access for access in self.people if role in access.standing.roles]

    def others(self, roles: Collection[str]) -> list[Access]:
        """The people with none of these roles."""
        return [a for a in self.people if not set(roles) & set(a.standing.roles)]

    def alone(self, role: str) -> Access:
        return role_alone(role, self.snapshot)

    def role(self, key: str) -> RoleDef:
        try:
            return self.snapshot.roles[key]
        except KeyError:
            raise Unknown(key) from None

    def record_type(self, promise: PromiseDef) -> TypeDef:
        try:
            return self.snapshot.types[promise.arguments["type"]]
        except KeyError:
            raise Unknown(str(promise.arguments.get("type"))) from None

    def condition(self, promise: PromiseDef) -> Condition | None:
        """Raises `ConditionInvalid`."""
        raw = promise.arguments.get("condition")
        if raw is None:
            return None
        asker = KINDS[promise.kind].asker
        return condition(raw, self.snapshot, self.record_type(promise), asker=asker)
