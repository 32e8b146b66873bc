"""Linked records, the record itself and its rows, in one go through the gate: all or none."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from records import services
from records.access import Access
from records.forms.reasons import given as reasons
from records.gate import Change, Outcome, Receipt, Refusal

if TYPE_CHECKING:
    from forms_builder.layouts.form import StaffForm

#: What stands in the way lies in another record: told where it lies.
ELSEWHERE = "elsewhere"


def write(form: StaffForm, changes: Sequence[Change], *, access: Access, channel: str) -> Receipt:
    """The first of the changes is about the form's record. One batch: it is told, and undone, as a whole."""
    batch = uuid.uuid4()
    with transaction.atomic():
        links, refused = _linked(form, changes[0], access, channel, batch)
        main = replace(changes[0], values={**changes[0].values, **links})
        receipt = services.execute(
            [main, *changes[1:]], access=access, channel=channel, batch_id=batch
        )
        first = receipt.outcomes[0]
        if receipt.ok and not refused:
            refused = _rows(form, first, access, channel, batch)
        first.refusals += refused
        if not receipt.ok:
            transaction.set_rollback(True)
    return receipt


def _linked(
    form: StaffForm, main: Change, access: Access, channel: str, batch: uuid.UUID
) -> tuple[dict[str, Any], list[Refusal]]:
    values: dict[str, Any] = {}
    refused: list[Refusal] = []
    for link, given in form.linked.filled.items():
        change = form.linked.change(link, given, main.values.get(link) or None)
        if isinstance(change, int):
            values[link] = [change]
            continue
        if change is None:
            continue
        acknowledged = reasons(form.data)
        wanted = replace(change, acknowledged=acknowledged)
        outcome = services.execute(
            [wanted], access=access, channel=channel, batch_id=batch
        ).outcomes[0]
        if outcome.ok and outcome.id is not None:
            standing = form.plan.linked(link)
            values |= {} if standing and standing.id == outcome.id else {link: [outcome.id]}
            continue
        form.linked.refuse(link, [r for r in outcome.refusals if r.code != "acknowledge"])
        refused += elsewhere(outcome.refusals)
    return values, refused


def _rows(
    form: StaffForm, main: Outcome, access: Access, channel: str, batch: uuid.UUID
) -> list[Refusal]:
    refused: list[Refusal] = []
    for rows in form.rows:
        state = form.states[rows.item.key]
        if state.readonly or (not state.shown and rows.item.when_hidden == "clear"):
            continue
        changes = rows.changes(main.id or 0, reasons(form.data))
        if not changes:
            continue
        receipt = services.execute(
            [change for _row, change in changes], access=access, channel=channel, batch_id=batch
        )
        for (row, _change), outcome in zip(changes, receipt.outcomes, strict=True):
            row.refuse(outcome.refusals)
            refused += elsewhere(outcome.refusals)
    return refused


def elsewhere(refusals: Sequence[Refusal]) -> list[Refusal]:
    """Warnings are asked about with those of the record itself; all else is told where it stands."""
    warned = [replace(r, field=None) for r in refusals if r.code == "acknowledge"]
    return warned or ([Refusal(ELSEWHERE, "")] if refusals else [])
