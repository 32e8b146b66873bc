"""What a simulation compares: the published snapshot and the draft, and the people as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from crm_config.compiler import Draft
from crm_config.definitions import Snapshot, TypeDef
from jobs.runs import JobRun
from records.access import Access
from records.standins import by_role, everybody, has, role_alone, under


@dataclass(frozen=True, eq=False)
class Person:
    """Under what is published, and under the draft."""

    before: Access
    after: Access

    @property
    def id(self) -> int:
        assert self.before.user_id is not None
        return self.before.user_id


class Trial:
    """`draft.snapshot` reads the live records as it would once published. A figure calls `step` for each of
    its steps, which shows how far the work is and stops it where somebody asked for that."""

    def __init__(self, before: Snapshot, draft: Draft, run: JobRun | None = None) -> None:
        self.before, self.draft, self.run = before, draft, run
        self.done = self.total = 0
        self._by_role: dict[tuple[str, bool], Sequence[Access]] = {}

    @property
    def after(self) -> Snapshot:
        return self.draft.snapshot

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return tuple(
            Person(under(access, self.before), under(access, self.after)) for access in everybody()
        )

    @cached_property
    def types(self) -> tuple[TypeDef, ...]:
        """Those that may have records, as published; none of those that are new."""
        return self.before.active_types

    @cached_property
    def roles(self) -> tuple[str, ...]:
        return tuple(sorted({*self.before.roles, *self.after.roles}))

    def by_role(self, role: str, snapshot: Snapshot) -> Sequence[Access]:
        """The role by itself: of somebody in no team who owns nothing, and of each who has it."""
        known = self._by_role.get((role, snapshot is self.before))
        if known is None:
            sides = (p.before if snapshot is self.before else p.after for p in self.people)
            members = (by_role(access, role) for access in sides if has(access, role))
            known = (role_alone(role, snapshot), *members)
            self._by_role[role, snapshot is self.before] = known
        return known

    def step(self, message: str) -> None:
        """Raises `jobs.errors.Cancelled`."""
        if self.run is not None:
            self.run.progress(self.done, self.total, message)
            self.run.stop_if_cancelled()
        self.done += 1
