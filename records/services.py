"""The door in: `check` asks whether changes may be made, `execute` makes them. Nothing else writes records."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from crm_config.definitions import Snapshot
from crm_config.field_types.base import CoerceContext
from records.access import Access
from records.computed.gate import compute_numbered
from records.errors import Refused
from records.gate import autonumbers, permissions, removal, sharing, uniques, values, versions
from records.gate import refresh as in_line
from records.gate.batch import Batch, load
from records.gate.change import Change, Outcome, Receipt
from records.gate.draft import Draft
from records.gate.extensions import gates, keep
from records.gate.handover import hand_over
from records.gate.refresh import Refreshed
from records.gate.write import write
from records.models import Event


def check(
    changes: Sequence[Change], *, access: Access, channel: str, reading: CoerceContext | None = None
) -> list[Outcome]:
    """What `execute` would say, without writing: dry runs, explanations and simulations ask here.
    `reading` says how numbers and dates in raw text are written, and what "now" is. The outcomes say
    what would change."""
    batch, _along = _prepare(changes, access, channel, "", reading, lock=False)
    for draft in batch.sound("create", "change"):
        draft.outcome.changed = draft.changed()
    return batch.outcomes


def drafts(changes: Sequence[Change], *, access: Access, channel: str) -> Sequence[Draft]:
    """The same as `check`, each with what it would make of its record: explanations look at that."""
    batch, _along = _prepare(changes, access, channel, "", None, lock=False)
    return batch.drafts


def prepare(change: Change, *, access: Access, channel: str) -> Draft:
    """One change on its way through the gate, its record held to the end of the caller's transaction: what it
    would make of the record, and what stands in its way. Nothing is written."""
    batch, _along = _prepare([change], access, channel, "", None, lock=True)
    return batch.drafts[0]


def execute(
    changes: Sequence[Change],
    *,
    access: Access,
    channel: str,
    reason: str = "",
    partial: bool = False,
    reading: CoerceContext | None = None,
    batch_id: uuid.UUID | None = None,
) -> Receipt:
    """Make the changes in one transaction. `batch_id` is that of an earlier batch to which they belong: a record
    and its rows, of which the rows need the record's number.

    With `partial`, those that are refused are left out and the others made; without, one refusal leaves
    all undone (`receipt.ok` is False, no outcome is `written`). Values taken by somebody else between
    the question and the answer are refused like any other, never raised.
    """
    for _attempt in range(3):
        try:
            with transaction.atomic():
                return _execute(
                    changes, access, channel, reason, reading, partial=partial, batch_id=batch_id
                )
        except IntegrityError as error:
            clash = error
    raise clash


def execute_one(change: Change, *, access: Access, channel: str, reason: str = "") -> Outcome:
    """A batch of one."""
    return execute([change], access=access, channel=channel, reason=reason).outcomes[0]


def execute_or_raise(
    changes: Sequence[Change], *, access: Access, channel: str, reason: str = ""
) -> Receipt:
    """All or nothing; raises `Refused` with the outcomes."""
    receipt = execute(changes, access=access, channel=channel, reason=reason)
    if not receipt.ok:
        raise Refused(list(receipt.outcomes))
    return receipt


def recompute(ids: Sequence[int], *, snapshot: Snapshot) -> Receipt:
    """Work out the computed fields of these records anew, sums over linked records included. Records that
    stay the same are not written. With the system's authority, in one transaction."""
    access = Access(snapshot=snapshot, authority=True)
    changes = [Change("change", id=pk) for pk in ids]
    with transaction.atomic():
        return _execute(
            changes, access, Event.Channel.SYSTEM, "", None, partial=True, recomputes=True
        )


def refresh(ids: Sequence[int], *, snapshot: Snapshot) -> Refreshed:
    """Bring these records in line with the configuration: values that stand in a former form of their
    field, titles, normalised texts, search entries, unique values. With the system's authority, in one
    transaction; a record's version changes only where a value was converted."""
    access = Access(snapshot=snapshot, authority=True)
    for _attempt in range(3):
        try:
            with transaction.atomic():
                drafts = load([Change("change", id=pk) for pk in ids], access, lock=True)
                batch = Batch(access, Event.Channel.SYSTEM, drafts)
                found = in_line.refresh(batch)
                hand_over(batch)
                return found
        except IntegrityError as error:
            # Somebody took a unique value between the question and the claim.
            clash = error
    raise clash


def _execute(
    changes: Sequence[Change],
    access: Access,
    channel: str,
    reason: str,
    reading: CoerceContext | None,
    *,
    partial: bool,
    recomputes: bool = False,
    batch_id: uuid.UUID | None = None,
) -> Receipt:
    batch, taken_along = _prepare(
        changes, access, channel, reason, reading, lock=True, recomputes=recomputes
    )
    if batch_id is not None:
        batch.id = batch_id
    receipt = Receipt(batch.outcomes, batch.id)
    if receipt.ok or partial:
        autonumbers.assign(batch, batch.sound("create"))
        compute_numbered(batch)
        write(batch)
        sharing.write(batch)
        keep(batch)
        if along := removal.along(taken_along, batch):
            authority = Access(snapshot=access.snapshot, user=access.user, authority=True)
            _execute(along, authority, channel, reason, reading, partial=True, batch_id=batch.id)
        cleared = removal.delete(batch)
        hand_over(batch)
        if cleared:
            recompute(cleared, snapshot=access.snapshot)
    return receipt


def _prepare(
    changes: Sequence[Change],
    access: Access,
    channel: str,
    reason: str,
    reading: CoerceContext | None,
    *,
    lock: bool,
    recomputes: bool = False,
) -> tuple[Batch, removal.Consequences]:
    now = reading.now if reading else timezone.now()
    batch = Batch(
        access, channel, load(changes, access, lock=lock), reason, reading, recomputes, now
    )
    permissions.ask(batch)
    values.coerce(batch)
    versions.merge(batch)
    values.required(batch)
    permissions.ask_after(batch)
    sharing.check(batch)
    uniques.check(batch)
    for gate in gates():
        gate(batch)
    permissions.ask_at_last(batch)
    return batch, removal.check(batch)
