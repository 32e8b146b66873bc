"""From a filled-in form through the gate: uploads are stored with what they belong to, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from crm_config.field_types.base import ValueRefused
from records import services, uploads
from records.access import Access
from records.forms.reasons import REASON, given
from records.forms.record import RecordForm
from records.gate import Change, Outcome, Refusal

MakeChange = Callable[[Mapping[str, Any]], Change]
CHANNEL = "screen"
__all__ = ["CHANNEL", "REASON", "change", "create"]


def create(form: RecordForm, record_type: str, *, access: Access) -> Outcome:
    def make(values: Mapping[str, Any]) -> Change:
        return Change("create", type=record_type, values=values, acknowledged=given(form.data))

    return _submit(form, make, form.new_values, access)


def change(
    form: RecordForm,
    record_id: int,
    *,
    base_version: int | None,
    access: Access,
    leaving: frozenset[str] = frozenset(),
    more: Mapping[str, Any] | None = None,
) -> Outcome:
    """Only what was changed is sent, and `more` that is not in the form. `leaving` names the fields that keep
    somebody else's value."""

    def make(values: Mapping[str, Any]) -> Change:
        return Change(
            "change",
            id=record_id,
            values={**values, **(more or {})},
            base_version=base_version,
            acknowledged=given(form.data),
        )

    def values() -> dict[str, Any]:
        return {k: v for k, v in form.changed_values().items() if k not in leaving}

    return _submit(form, make, values, access)


def _submit(
    form: RecordForm, make: MakeChange, values: Callable[[], dict[str, Any]], access: Access
) -> Outcome:
    return several(form, lambda given: [make(given)], values, access=access)[0]


def several(
    form: RecordForm,
    make: Callable[[Mapping[str, Any]], Sequence[Change]],
    values: Callable[[], dict[str, Any]],
    *,
    access: Access,
) -> Sequence[Outcome]:
    """All or none; the first change is that of the form, and its refusals are shown there."""
    sound = form.is_valid()
    given = values()
    files = form.uploads(given)
    if not sound:
        readable = {k: v for k, v in given.items() if k not in files}
        outcomes = services.check(make(readable), access=access, channel=CHANNEL)
        unsaved = Refusal("form", "", field=next(iter(form.errors)))
        form.refuse(r for r in outcomes[0].refusals if r.field not in form.errors)
        outcomes[0].refusals.append(unsaved)
        return outcomes
    stored: list[uploads.Stored] = []
    with transaction.atomic():
        found = _store_and_execute(form, make, given, stored, access)
        refused = not all(outcome.ok for outcome in found)
        if refused:
            transaction.set_rollback(True)
    if refused:
        uploads.discard(stored)
        form.refuse(found[0].refusals)
    return found


def _store_and_execute(
    form: RecordForm,
    make: Callable[[Mapping[str, Any]], Sequence[Change]],
    given: dict[str, Any],
    stored: list[uploads.Stored],
    access: Access,
) -> Sequence[Outcome]:
    values = dict(given)
    for key, upload in form.uploads(given).items():
        try:
            kept = uploads.store(form.definitions[key], upload, access=access)
        except ValueRefused as refused:
            why = Refusal(refused.code, refused.message, field=key)
            return [Outcome(make({})[0], refusals=[why])]
        stored.append(kept)
        values[key] = kept.id
    return form.write(make(values), access=access, channel=CHANNEL).outcomes
