"""A procedure as it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.definitions import Snapshot, nothing

SECTION = "procedures"
MOMENTS: Mapping[str, Any] = {
    "create": _("when a record is created"),
    "change": _("when it is changed"),
    "transition": _("when it moves to another stage"),
    "delete": _("when it is archived or deleted"),
    "link": _("when its links change"),
    "nightly": _("each night, on all records"),
}
MODES: Mapping[str, Any] = {
    "block": _("It is refused."),
    "warn": _("It is warned of: whoever goes on says why."),
    "approve": _("Somebody else must approve it."),
}


@dataclass(frozen=True, eq=False)
class ProcedureDef:
    """`when` is None where it is about every record of the type."""

    key: str
    type: str
    must: Any
    when: Any = None
    moments: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=nothing)
    description: Mapping[str, str] = field(default_factory=nothing)
    messages: Mapping[str, str] = field(default_factory=nothing)
    mode: str = "block"
    approval: str = ""
    retired: bool = False

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @property
    def message(self) -> str:
        """What is told to whoever breaks it; its name where nobody wrote anything."""
        return labels.text(self.messages, default="") or self.label

    @property
    def rule(self) -> str:
        """Its name in refusals, acknowledgements and waivers."""
        return f"{SECTION}:{self.key}"

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> ProcedureDef:
        return cls(
            key=raw["key"],
            type=raw["type"],
            must=raw["must"],
            when=raw.get("when"),
            moments=frozenset(raw.get("moments", ())),
            labels=raw.get("labels", {}),
            description=raw.get("description", {}),
            messages=raw.get("message", {}),
            mode=raw.get("mode", "block"),
            approval=raw.get("approval", ""),
            retired=raw.get("retired", False),
        )


def procedures_of(snapshot: Snapshot) -> Mapping[str, ProcedureDef]:
    found: Mapping[str, ProcedureDef] = snapshot.sections.get(SECTION) or {}
    return found


def in_use(snapshot: Snapshot, record_type: str) -> list[ProcedureDef]:
    """Those that hold for a type, found once for each version."""
    by_type: dict[str, list[ProcedureDef]] | None = snapshot.memo.get(SECTION)
    if by_type is None:
        by_type = snapshot.memo[SECTION] = {}
        for procedure in procedures_of(snapshot).values():
            if not procedure.retired:
                by_type.setdefault(procedure.type, []).append(procedure)
    return by_type.get(record_type, [])
