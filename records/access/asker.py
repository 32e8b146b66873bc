"""One person as whom is asked: whoever asks, or somebody absent they stand in for. What one person's roles grant
is never mixed with what is another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q

from crm_config.conditions.api import Condition, Standpoint
from crm_config.definitions import GrantDef, RoleDef, Snapshot, TypeDef
from records.access import shares
from records.access.levels import Levels
from records.access.people import Standing, reports
from records.access.scopes import EVERYTHING, NOTHING, SCOPES, Granted, Owned
from records.access.subjects import subject_of

if TYPE_CHECKING:
    from records.access.access import Access


@dataclass(frozen=True, eq=False)
class Asker:
    """`unlimited` may do everything."""

    access: Access
    user_id: int | None
    standing: Standing
    unlimited: bool = False
    _granted: dict[tuple[str, str], tuple[Granted, ...]] = field(default_factory=dict)
    _shared: dict[str, Mapping[int, str]] = field(default_factory=dict)

    @property
    def snapshot(self) -> Snapshot:
        return self.access.snapshot

    @cached_property
    def roles(self) -> tuple[RoleDef, ...]:
        """The person's roles that are published."""
        published = self.snapshot.roles
        return tuple(published[key] for key in self.standing.roles if key in published)

    @cached_property
    def standpoint(self) -> Standpoint:
        return Standpoint(
            now=self.access.now,
            tz=self.access.tz,
            me=self.user_id,
            my_teams=self.standing.teams,
            my_reports=reports(self.standing.leads),
        )

    @cached_property
    def levels(self) -> Levels:
        return Levels(self)

    def fits(self, condition: Condition, record: Owned, record_type: TypeDef) -> bool:
        """What nobody can look into fits nothing."""
        subject = subject_of(record, record_type, self.snapshot)
        return subject is not None and condition.test(subject, self.standpoint)

    # -- what is granted ----------------------------------------------------------------------

    def granted(self, record_type: TypeDef, action: str) -> tuple[Granted, ...]:
        """The grants that count, from all roles. Empty: not at all."""
        key = record_type.key, action
        if key not in self._granted:
            self._granted[key] = self._find(record_type, action)
        return self._granted[key]

    def _find(self, record_type: TypeDef, action: str) -> tuple[Granted, ...]:
        if record_type.retired or not self.access.lets_through(record_type, action):
            return ()
        if self.unlimited:
            return (Granted(None, record_type, action, "all"),)
        return tuple(
            Granted(role, record_type, action, grant.scope)
            for role in self.roles
            if self.counts(grant := role.grants.get((record_type.key, action)), role, record_type)
            and grant is not None
        )

    def counts(self, grant: GrantDef | None, role: RoleDef, record_type: TypeDef) -> bool:
        """A scope that nobody knows, or whose condition cannot be read, grants nothing."""
        if grant is None or grant.scope not in SCOPES:
            return False
        found = Granted(role, record_type, grant.action, grant.scope)
        return SCOPES[grant.scope].works(self, found)

    # -- which records that reaches -----------------------------------------------------------

    def allows(self, action: str, record: Owned, record_type: TypeDef) -> bool:
        """What cannot be seen cannot be changed."""
        if action not in ("view", "create") and not self.reaches("view", record, record_type):
            return False
        return self.reaches(action, record, record_type)

    def reaches(
        self, action: str, record: Owned, record_type: TypeDef, *, by: RoleDef | None = None
    ) -> bool:
        """`by`: by what this role grants alone. A share reaches as far as each role that grants the action."""
        grants = self._granted_by(by, record_type, action)
        if any(SCOPES[grant.scope].holds(self, record, grant) for grant in grants):
            return True
        return bool(grants) and self.is_shared(action, record, record_type)

    def _granted_by(
        self, role: RoleDef | None, record_type: TypeDef, action: str
    ) -> tuple[Granted, ...]:
        grants = self.granted(record_type, action)
        return grants if role is None else tuple(g for g in grants if g.role is role)

    def is_shared(self, action: str, record: Owned, record_type: TypeDef) -> bool:
        pk = getattr(record, "pk", None)
        if pk is None or not self._may_be_shared(action, record_type):
            return False
        if record_type.key not in self._shared:
            self._shared[record_type.key] = shares.with_person(self, record_type)
        return self._shared[record_type.key].get(pk, "") in shares.LEVELS[action]

    def suppose_shared(self, record_type: TypeDef, record_id: int, level: str) -> None:
        """To try what a share would change."""
        known = shares.with_person(self, record_type)
        self._shared[record_type.key] = {**known, record_id: level}

    def _may_be_shared(self, action: str, record_type: TypeDef) -> bool:
        return action in shares.LEVELS and record_type.number in self.standing.shared

    def q(self, action: str, record_type: TypeDef) -> Q:
        reached = self.reach_q(action, record_type)
        if action not in ("view", "create") and reached is not NOTHING:
            seen = self.reach_q("view", record_type)
            return NOTHING if seen is NOTHING else seen & reached
        return reached

    def reach_q(self, action: str, record_type: TypeDef, *, by: RoleDef | None = None) -> Q:
        """The queryset form of `reaches`."""
        grants = self._granted_by(by, record_type, action)
        if not grants:
            return NOTHING
        if any(grant.scope == "all" for grant in grants):
            return EVERYTHING
        plain = {g.scope: g for g in grants if g.scope != "condition"}
        asked = [
            *(plain[scope] for scope in sorted(plain)),
            *(g for g in grants if g.scope == "condition"),
        ]
        reached = Q()
        for grant in asked:
            reached |= SCOPES[grant.scope].q(self, grant)
        if self._may_be_shared(action, record_type):
            reached |= shares.q(self, action)
        return reached
