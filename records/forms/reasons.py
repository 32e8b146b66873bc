"""Reasons for going on in spite of warnings, as they are asked for and given in any form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from records.gate import Refusal

#: Before the name of a rule: what was typed as the reason for going on in spite of its warning.
REASON = "acknowledge:"
WARNED, APPROVAL = "acknowledge", "needs_approval"


@dataclass(frozen=True)
class Warned:
    """`reason` is what was typed already."""

    rule: str
    message: str
    reason: str = ""


@dataclass
class Asked:
    """What was warned of, each rule once, and what others have to approve; `templates/records/forms/warnings.html`
    shows it."""

    warnings: list[Warned] = field(default_factory=list)
    approvals: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, refusals: Iterable[Refusal], data: Mapping[str, Any]) -> Asked:
        found: dict[str, Warned] = {}
        approvals: list[str] = []
        for refusal in refusals:
            message = str(refusal.message)
            if refusal.code == APPROVAL:
                approvals.append(message)
            elif refusal.code == WARNED and refusal.rule:
                typed = str(data.get(f"{REASON}{refusal.rule}", ""))
                found.setdefault(refusal.rule, Warned(refusal.rule, message, typed))
        return cls(list(found.values()), list(dict.fromkeys(approvals)))

    def __bool__(self) -> bool:
        return bool(self.warnings or self.approvals)


def given(data: Mapping[str, Any]) -> dict[str, str]:
    """By the rule, what was typed."""
    return {
        name.removeprefix(REASON): str(reason)
        for name, reason in data.items()
        if name.startswith(REASON)
    }
