"""Done: what came of it, and what is next, in one go through the gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm_config.definitions import FieldDef, TypeDef
from records.access import Access
from records.forms import submit
from records.forms.reasons import given
from records.forms.record import RecordForm
from records.forms.writable import may_write
from records.gate import Change, Outcome
from records.selectors import RecordView
from records.selectors.choosing import creatable
from workflows.todo.sources.activities import TRAIT

#: What is asked for when something is done, of the fields that the type has beside the trait's own.
ASKED_KINDS = ("choice", "long_text", "duration")
MOST_ASKED = 4


@dataclass(frozen=True)
class Following:
    """The mark (`Change.ref`) of a next step: which record it goes on from."""

    record: int


@dataclass(frozen=True)
class NextStep:
    """An activity to come, about the same records."""

    type: TypeDef
    subject: str
    due: datetime | None = None


def asked_fields(record: RecordView) -> list[FieldDef]:
    """The outcome and the time it took: the choices and texts that nobody has filled in yet."""
    found = [
        f
        for f in record.fields
        if f.type.key in ASKED_KINDS and may_write(record, f) and record.value(f.key) is None
    ]
    return sorted(found, key=lambda f: ASKED_KINDS.index(f.type.key))[:MOST_ASKED]


def next_types(access: Access) -> list[TypeDef]:
    return [t for t in creatable(access) if TRAIT in t.traits]


def close(
    record: RecordView,
    form: RecordForm,
    next_step: NextStep | None,
    *,
    access: Access,
    base_version: int | None = None,
) -> Sequence[Outcome]:
    """Both or neither."""

    def make(values: Mapping[str, Any]) -> list[Change]:
        done = Change(
            "change",
            id=record.id,
            values={**values, "done": True},
            base_version=base_version,
            acknowledged=given(form.data),
        )
        if next_step is None:
            return [done]
        following = _values(record, next_step, access)
        mark = Following(record.id)
        return [done, Change("create", type=next_step.type.key, values=following, ref=mark)]

    return submit.several(form, make, form.changed_values, access=access)


def _values(record: RecordView, step: NextStep, access: Access) -> dict[str, Any]:
    """What it is about goes along, as far as the next type can be about such records."""
    found: dict[str, Any] = {"subject": step.subject}
    due = "due" if "due" in step.type.fields else "starts"
    if step.due is not None and due in step.type.fields:
        found[due] = step.due.isoformat()
    for key in ("about", "participants"):
        f = step.type.fields.get(key)
        linked = record.value(key) if key in record.readable and key in record.type.fields else None
        if f is None or f.retired or not linked:
            continue
        targets = f.options.get("targets", ())
        fitting = [pk for pk in linked if access.snapshot.type_of(pk).key in targets]
        if fitting:
            found[key] = fitting
    return found
