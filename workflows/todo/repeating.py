"""Activities that come again: once one is done, the next one is made, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef
from records import services
from records.access import Access
from records.errors import Forbidden
from records.gate import Change
from records.gate.batch import Batch
from records.gate.draft import Draft
from records.selectors import RecordView
from workflows.models import Notification, Repetition
from workflows.todo import reminding
from workflows.todo.rules import Rule, following
from workflows.todo.sources.activities import TIMES, TRAIT

#: What each one begins without.
FRESH = frozenset({"done", "time_spent", "stage", "reminder", *TIMES})


def rule_of(record_id: int) -> Rule | None:
    found = Repetition.objects.filter(record_id=record_id).first()
    return Rule.of(found.rule) if found else None


def may_repeat(record: RecordView) -> bool:
    """Whoever may change it, and may make such records: the next ones are made on the word of who said so."""
    access = record.access
    allowed = record.may("change") and access.may("create", record.type)
    return allowed and not access.read_only


def repeat(record: RecordView, rule: Rule | None, *, access: Access) -> None:
    """None: it comes no more. Raises `Forbidden`."""
    if not may_repeat(record):
        raise Forbidden(_("You may not let it come again."))
    if rule is None:
        Repetition.objects.filter(record_id=record.id).delete()
        return
    given = {"rule": rule.json(), "made_by": access.user}
    Repetition.objects.update_or_create(record_id=record.id, defaults=given)


def next_of(record_id: int) -> int | None:
    """The one that was made when this one was done."""
    return Repetition.objects.filter(previous=record_id).values_list("record_id", flat=True).first()


def done_by(batch: Batch) -> list[Draft]:
    return [
        draft
        for draft in batch.drafts
        if draft.outcome.written
        and TRAIT in draft.record_type.traits
        and "done" in draft.outcome.changed
        and draft.after.get("done")
    ]


def go_on(batch: Batch, drafts: Sequence[Draft]) -> None:
    """With the system's rights, for whoever is done: the rule was set by somebody who might. What rules of the
    company refuse is told to the owner, and holds up nothing."""
    ids = [draft.outcome.id for draft in drafts if draft.outcome.id is not None]
    rows = {row.record_id: row for row in Repetition.objects.filter(record_id__in=ids)}
    asked = [(draft, rows[draft.outcome.id or 0]) for draft in drafts if draft.outcome.id in rows]
    for draft, row in asked:
        rule = Rule.of(row.rule)
        times = _times(draft, rule, batch)
        if times is None:
            row.delete()
            continue
        change = Change("create", type=draft.record_type.key, values=_values(draft) | times)
        access = Access(snapshot=batch.snapshot, user=batch.access.user, authority=True)
        outcome = services.execute_one(change, access=access, channel=batch.channel)
        if not outcome.ok or outcome.id is None:
            _tell(draft, " ".join(str(r.message) for r in outcome.refusals))
            continue
        left = None if rule.left is None else rule.left - 1
        row.rule, row.previous = replace(rule, left=left).json(), row.record_id
        row.record_id = outcome.id
        row.save()
        reminding.carry_over(row.previous or 0, outcome.id, times)


def _times(draft: Draft, rule: Rule, batch: Batch) -> dict[str, Any] | None:
    """By the clock on the wall, where the company is: nine stays nine when clocks change."""
    tz = batch.access.tz
    held = {key: draft.after[key].astimezone(tz) for key in TIMES if draft.after.get(key)}
    anchor = min(held.values(), default=None)
    today = batch.now.astimezone(tz)
    base = (anchor or today).replace(tzinfo=None)
    found = following(rule, base, after=today.date())
    if found is None:
        return None
    if anchor is None:
        return {"due": found.replace(tzinfo=tz).isoformat()} if _has(draft, "due") else {}
    by = found - base
    return {key: _wall(moment, by, tz) for key, moment in held.items()}


def _wall(moment: datetime, by: Any, tz: Any) -> str:
    return (moment.replace(tzinfo=None) + by).replace(tzinfo=tz).isoformat()


def _has(draft: Draft, key: str) -> bool:
    return key in draft.record_type.fields and not draft.record_type.fields[key].retired


def _values(draft: Draft) -> dict[str, Any]:
    """What it held before it was done: what came of it belongs to the one that is done."""
    fields = draft.record_type.all_fields
    return {
        key: value
        for key, value in draft.before.items()
        if key not in FRESH and key in fields and _comes_again(fields[key])
    }


def _comes_again(f: FieldDef) -> bool:
    return f.editable and not f.unique and f.type.group != "file"


def _tell(draft: Draft, why: str) -> None:
    if draft.owner_id is not None:
        text = _("The next one could not be made: %(why)s") % {"why": why}
        Notification.objects.create(
            user_id=draft.owner_id, record_id=draft.outcome.id, text=text[:500]
        )


def day_of(moment: datetime, access: Access) -> str:
    return str(formats.date_format(moment.astimezone(access.tz), "SHORT_DATE_FORMAT"))
