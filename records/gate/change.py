"""What goes into the gate and what comes out."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from crm_config.field_types.base import Text

Action = Literal["create", "change", "archive", "restore", "delete", "share", "unshare"]


@dataclass(frozen=True)
class Change:
    """One write of one record.

    `values` are raw values by field key (`owner` and `team` by id); None or an empty text clears. A change
    of a record that names the version it was made from merges what does not overlap with later changes and
    is refused where it does. What `share` and `unshare` take, `records.gate.sharing` says.
    `ref` is the caller's own mark, such as a row number, and comes back.

    Rules of higher apps read two more: `acknowledged`, the reason that somebody gave for going on in spite of a
    warning, by the rule's name; and `waived`, the rules that no longer stand in the way, because who decides
    about them agreed. Only the approval of what was asked for sets the latter.
    """

    action: Action
    type: str = ""
    id: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    base_version: int | None = None
    ref: Any = None
    acknowledged: Mapping[str, str] = field(default_factory=dict)
    waived: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Refusal:
    """Why a change was not made. `code` is stable; `message` says what to do; `rule` names the configured
    rule; `trace` explains, as far as the asker may see; `detail` holds codes' own data (both values of a
    conflict, …)."""

    code: str
    message: Text
    rule: str | None = None
    trace: Any = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    field: str | None = None


@dataclass
class Outcome:
    """What became of one change. `id` is the record's, new ones' after execution; `changed` the keys that
    differ (empty: nothing to do, nothing written); `merged` says that somebody else's edit was kept too."""

    change: Change
    id: int | None = None
    version: int | None = None
    refusals: list[Refusal] = field(default_factory=list)
    changed: frozenset[str] = frozenset()
    merged: bool = False
    written: bool = False

    @property
    def ok(self) -> bool:
        return not self.refusals


@dataclass
class Receipt:
    """The outcomes of a batch in the order of its changes; `batch` finds its events again."""

    outcomes: Sequence[Outcome]
    batch: uuid.UUID

    @property
    def ok(self) -> bool:
        return all(outcome.ok for outcome in self.outcomes)

    @property
    def refused(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if not outcome.ok]
