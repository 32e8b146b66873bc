"""An approval process as it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.definitions import Snapshot, nothing

SECTION = "approvals"
NEEDS: Mapping[str, Any] = {
    "any": _("One of them is enough"),
    "all": _("All of them"),
    "n": _("So many of them"),
}
ORDERS: Mapping[str, Any] = {
    "sequence": _("One step after the other"),
    "parallel": _("All steps at once"),
}
#: Of a record's owner or team.
LEADS: Mapping[str, Any] = {
    "owner": _("The lead of the owner's team"),
    "team": _("The lead of the record's team"),
}


@dataclass(frozen=True, eq=False)
class StepDef:
    """`approvers` and `escalate_to` are JSON: `{"role": …}`, `{"user": …}`, `{"team_lead_of": …}`,
    `{"field": …}`."""

    key: str
    labels: Mapping[str, str] = field(default_factory=nothing)
    approvers: tuple[Mapping[str, Any], ...] = ()
    needs: str = "any"
    n: int = 1
    due_hours: int | None = None
    escalate_to: tuple[Mapping[str, Any], ...] = ()

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> StepDef:
        return cls(
            key=raw["key"],
            labels=raw.get("labels", {}),
            approvers=tuple(raw.get("approvers", ())),
            needs=raw.get("needs", "any"),
            n=raw.get("n") or 1,
            due_hours=raw.get("due_hours"),
            escalate_to=tuple(raw.get("escalate_to", ())),
        )

    def enough(self, asked: int) -> int:
        """How many must agree, of so many who are asked: never more than there are."""
        wanted = {"any": 1, "n": self.n}.get(self.needs, asked)
        return max(1, min(wanted, asked))


@dataclass(frozen=True, eq=False)
class ProcessDef:
    key: str
    type: str
    labels: Mapping[str, str] = field(default_factory=nothing)
    steps: tuple[Mapping[str, Any], ...] = ()
    order: str = "sequence"
    different_from_requester: bool = True
    retired: bool = False

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> ProcessDef:
        return cls(
            key=raw["key"],
            type=raw["type"],
            labels=raw.get("labels", {}),
            steps=tuple(raw.get("steps", ())),
            order=raw.get("order", "sequence"),
            different_from_requester=raw.get("different_from_requester", True),
            retired=raw.get("retired", False),
        )


def processes_of(snapshot: Snapshot) -> Mapping[str, ProcessDef]:
    found: Mapping[str, ProcessDef] = snapshot.sections.get(SECTION) or {}
    return found
