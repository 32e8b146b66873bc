"""What is asked for: the change as it is kept while it waits, and made into a change again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_config.definitions import FieldDef, TypeDef
from crm_config.live import live
from records.gate import Change
from records.gate.draft import Draft, dumped
from records.selectors.timeline import loaded
from workflows.approvals.people import About
from workflows.models import ApprovalRequest


def kept(draft: Draft, *, authority: bool) -> dict[str, Any]:
    """Each given value before and after, as history keeps them, with what else the change said."""
    change = draft.change
    fields = draft.record_type.all_fields
    return {
        "action": change.action,
        "values": {
            key: [
                dumped(fields[key], _seen(draft, key, draft.before.get(key))),
                dumped(fields[key], _seen(draft, key, draft.after.get(key))),
            ]
            for key in sorted(draft.given)
            if key in fields and (change.action == "create" or key in draft.changed())
        },
        "base_version": draft.outcome.version,
        "acknowledged": dict(change.acknowledged),
        "authority": authority,
    }


def _seen(draft: Draft, key: str, value: Any) -> Any:
    """Without the linked records that whoever asks does not see: they stay linked by themselves."""
    unseen = draft.unseen.get(key)
    return tuple(pk for pk in value if pk not in unseen) if unseen and value else value


def change_of(request: ApprovalRequest, record_type: TypeDef) -> Change:
    """To be carried out: the rules that were agreed about no longer stand in its way."""
    said = request.change
    return Change(
        said["action"],
        type=request.type,
        id=request.record_id,
        values=after(request, record_type),
        base_version=None if said["action"] == "create" else said["base_version"],
        acknowledged=said.get("acknowledged", {}),
        waived=frozenset(request.rules),
    )


def after(request: ApprovalRequest, record_type: TypeDef) -> dict[str, Any]:
    """Canonical values; None for one that is to be cleared, or that its field can hold no longer."""
    return _side(request, record_type, 1)


def before(request: ApprovalRequest, record_type: TypeDef) -> dict[str, Any]:
    return _side(request, record_type, 0)


def _side(request: ApprovalRequest, record_type: TypeDef, side: int) -> dict[str, Any]:
    fields: Mapping[str, FieldDef] = record_type.all_fields
    return {
        key: loaded(fields[key], pair[side], request.config_version)
        for key, pair in request.change["values"].items()
        if key in fields
    }


def about(request: ApprovalRequest) -> About:
    """The record as it stands, or the new one as it would be made."""
    record_type = live().types.get(request.type)
    wanted = after(request, record_type) if record_type else {}
    record = request.record
    if record is None:
        owner = wanted.get("owner", request.requester_id)
        return About(owner, wanted.get("team"), wanted)
    values = {
        f.key: found
        for f in (record_type.active if record_type else ())
        if f.type.key == "user" and (found := record.data.get(f.key)) is not None
    }
    return About(record.owner_id, record.team_id, values)
