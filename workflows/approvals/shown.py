"""A request as one person may read it: what would change, as far as they may see it, and who said what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm_config.definitions import FieldDef, TypeDef
from records.access import Access
from records.errors import NotVisible
from records.gate.draft import Standing
from records.models import Event
from records.selectors import RecordView, get
from records.selectors.timeline import FieldChange, entries
from workflows.approvals import services
from workflows.approvals.definitions import StepDef, processes_of
from workflows.approvals.proposal import about
from workflows.models import ApprovalRequest, ApprovalStep, ApprovalVote


@dataclass(frozen=True)
class ShownStep:
    label: str
    step: ApprovalStep
    votes: Sequence[ApprovalVote]


@dataclass(frozen=True)
class Shown:
    """`record` is None for a new one, and for one that the reader may not see (`unseen`). `hidden`: there is more
    that they may not read. `mine`: whose word is awaited from the reader."""

    request: ApprovalRequest
    process: str
    type: TypeDef | None
    record: RecordView | None
    unseen: bool
    changes: Sequence[FieldChange]
    hidden: bool
    steps: Sequence[ShownStep]
    mine: ApprovalVote | None
    may_withdraw: bool

    @property
    def waits(self) -> bool:
        return self.request.state == ApprovalRequest.State.WAITING

    @property
    def action(self) -> str:
        return str(self.request.change.get("action", ""))

    @property
    def title(self) -> str:
        if self.record is not None:
            return self.record.title
        return self.type.label if self.type else ""


def process_label(request: ApprovalRequest, access: Access) -> str:
    found = processes_of(access.snapshot).get(request.process)
    return found.label if found else request.process


def shown(request: ApprovalRequest, access: Access) -> Shown:
    record_type = access.snapshot.types.get(request.type)
    record = _record(request, access)
    view: Any = record
    if request.record_id is None and record_type and _may_see_new(request, record_type, access):
        view = ProposedView(record_type, access)
    entry = _entry(request, view) if view is not None else None
    waits = request.state == ApprovalRequest.State.WAITING
    return Shown(
        request,
        process_label(request, access),
        record_type,
        record,
        unseen=view is None,
        changes=entry.changes if entry else (),
        hidden=entry.hidden if entry else bool(request.change["values"]),
        steps=_steps(request),
        mine=services.mine(request, access) if waits else None,
        may_withdraw=waits and services.may_withdraw(request, access),
    )


@dataclass(frozen=True)
class ProposedView:
    """A record that is not there yet, as history looks at one: only what may be read on every record is told."""

    type: TypeDef
    access: Access

    def field(self, key: str) -> FieldDef:
        """Raises `KeyError`."""
        if key not in self.access.readable_everywhere(self.type):
            raise KeyError(key)
        return self.type.all_fields[key]


def _record(request: ApprovalRequest, access: Access) -> RecordView | None:
    if request.record_id is None:
        return None
    try:
        return get(request.record_id, access=access)
    except NotVisible:
        return None


def _may_see_new(request: ApprovalRequest, record_type: TypeDef, access: Access) -> bool:
    found = about(request)
    mine = request.requester_id is not None and request.requester_id == access.user_id
    return mine or access.allows("view", Standing(found.owner, found.team), record_type)


def _entry(request: ApprovalRequest, view: Any) -> Any:
    told = Event(changes=request.change["values"], config_version=request.config_version)
    found = entries(view, [told])
    return found[0] if found else None


def _steps(request: ApprovalRequest) -> list[ShownStep]:
    rows = request.steps.prefetch_related("votes__user", "votes__by")
    return [ShownStep(StepDef.of(row.definition).label, row, list(row.votes.all())) for row in rows]
