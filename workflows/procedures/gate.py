"""In the gate: what procedures refuse. Two looks for the whole batch, at the drafts and at the records as they
were; what conditions reach through links is fetched once for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.api import Standpoint, Subject
from records.access.subjects import subject_of
from records.gate.batch import Batch
from records.gate.draft import STAGE, Draft
from records.gate.subjects import subjects_of
from workflows.procedures.conditions import Broken, rule_of
from workflows.procedures.definitions import ProcedureDef, in_use


def obey(batch: Batch) -> None:
    """The system's own recomputation passes: what it works out anew is nobody's doing."""
    if batch.recomputes:
        return
    asked = [(draft, rules) for draft in batch.sound() if (rules := concerned(draft, batch))]
    if not asked:
        return
    after = subjects_of([draft for draft, _rules in asked], batch.snapshot)
    standpoint = batch.access.askers[0].standpoint
    for draft, rules in asked:
        before = _before(draft, batch)
        for procedure in rules:
            _judge(procedure, draft, after[draft], before, standpoint, batch)


def concerned(draft: Draft, batch: Batch) -> list[ProcedureDef]:
    found = in_use(batch.snapshot, draft.record_type.key)
    if not found:
        return []
    now = frozenset(moments(draft))
    return [procedure for procedure in found if procedure.moments & now]


def moments(draft: Draft) -> Iterator[str]:
    """A new record in a stage has moved there: nobody goes round a rule by beginning at the end."""
    if draft.action in ("archive", "delete"):
        yield "delete"
    elif draft.action in ("create", "change") and (changed := draft.changed()):
        yield draft.action
        if STAGE in changed:
            yield "transition"
        fields = draft.record_type.fields
        if any(key in fields and fields[key].type.storage == "links" for key in changed):
            yield "link"


def _before(draft: Draft, batch: Batch) -> Subject | None:
    if draft.record is None:
        return None
    return subject_of(draft.record, draft.record_type, batch.snapshot)


def _judge(
    procedure: ProcedureDef,
    draft: Draft,
    subject: Subject,
    before: Subject | None,
    standpoint: Standpoint,
    batch: Batch,
) -> None:
    rule = rule_of(procedure, batch.snapshot)
    if isinstance(rule, Broken):
        message = _(
            "The procedure “%(name)s” cannot be checked any more: an administrator must mend it."
        )
        draft.refuse("procedure", message % {"name": procedure.label}, rule=procedure.rule)
    elif rule.broken_by(subject, standpoint, before=before):
        VERDICTS[procedure.mode](procedure, draft)


def _block(procedure: ProcedureDef, draft: Draft) -> None:
    draft.refuse("procedure", procedure.message, rule=procedure.rule)


def _warn(procedure: ProcedureDef, draft: Draft) -> None:
    reason = draft.change.acknowledged.get(procedure.rule, "").strip()
    if reason:
        draft.acknowledged[procedure.rule] = reason
    else:
        draft.refuse("acknowledge", procedure.message, rule=procedure.rule)


def _approve(procedure: ProcedureDef, draft: Draft) -> None:
    if procedure.rule not in draft.change.waived:
        draft.refuse(
            "needs_approval", procedure.message, rule=procedure.rule, process=procedure.approval
        )


VERDICTS: Mapping[str, Any] = {"block": _block, "warn": _warn, "approve": _approve}
