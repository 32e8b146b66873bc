"""One change for many records, through the gate: those that are refused are told, the others are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from crm_config.definitions import nothing
from jobs.models import Job
from jobs.runs import JobRun
from jobs.services import enqueue, run_inline
from records import services
from records.access import Access
from records.errors import Forbidden, Refused
from records.forms import asking
from records.forms.reasons import REASON, Asked, Warned
from records.gate import Change, Outcome
from records.selection import Selection, chunks, how_many

KIND = "records.bulk"
CHANNEL = "bulk"
#: Up to here it is done while the person waits; beyond, by a job with progress.
AT_ONCE = 200
CHUNK = 200
#: How many refused records the receipt names.
NAMED = 500
#: For how many records approval is asked for at once: people look at each.
MOST_ASKED = 50


@dataclass
class Preview:
    """What would happen. `exact` is False where only the rights were asked, not each record."""

    total: int
    fine: int
    exact: bool
    reasons: dict[str, int] = field(default_factory=dict)
    #: What is warned of, and how many are missing nothing but others' approval.
    warnings: list[Warned] = field(default_factory=list)
    approving: int = 0

    @property
    def refused(self) -> int:
        return self.total - self.fine


def preview(
    selection: Selection,
    action: Any,
    values: Mapping[str, Any],
    *,
    access: Access,
    reasons: Mapping[str, str] = nothing(),
) -> Preview:
    needed = "change" if action == "change" else "delete"
    total = how_many(selection, access=access).number
    if total > AT_ONCE:
        may = how_many(selection, access=access, action=needed).number
        first = next(iter(chunks(selection, access=access, size=CHUNK)), ())
        outcomes = services.check(
            _changes(first, action, values, reasons), access=access, channel=CHANNEL
        )
        return Preview(total, may, exact=False, **_asked(outcomes, reasons))
    outcomes = []
    for ids in chunks(selection, access=access, size=CHUNK):
        asked = _changes(ids, action, values, reasons)
        outcomes += services.check(asked, access=access, channel=CHANNEL)
    why = Counter(str(r.message) for o in outcomes for r in o.refusals)
    fine = sum(o.ok for o in outcomes)
    return Preview(total, fine, exact=True, reasons=dict(why), **_asked(outcomes, reasons))


def _asked(outcomes: Sequence[Outcome], reasons: Mapping[str, str]) -> dict[str, Any]:
    """Reasons that were given already stay to be seen and mended."""
    refusals = [r for o in outcomes for r in o.refusals]
    typed = {f"{REASON}{rule}": reason for rule, reason in reasons.items()}
    return {
        "warnings": Asked.of(refusals, typed).warnings,
        "approving": sum(asking.only_approval(o) for o in outcomes),
    }


def start(
    selection: Selection,
    action: str,
    values: Mapping[str, Any],
    *,
    access: Access,
    reasons: Mapping[str, str] = nothing(),
    ask: str | None = None,
) -> Job:
    """Done when it returns, if it is little; else on its way. The job keeps the receipt. `reasons` are for going on
    in spite of warnings, by rule; with `ask`, a comment, approval is asked for where only that is missing."""
    args = {
        "selection": selection.json(),
        "action": action,
        "values": dict(values),
        "reasons": dict(reasons),
        "ask": ask,
    }
    total = how_many(selection, access=access).number
    if total <= AT_ONCE:
        return run_inline(kind=KIND, args=args, user=access.user)
    return enqueue(kind=KIND, args=args, user=access.user, total=total)


def run(run: JobRun) -> dict[str, Any]:
    """Chunk by chunk, each in a transaction of its own together with how far it got."""
    access = Access.of(run.job.created_by or AnonymousUser())
    selection = Selection.of(run.args["selection"])
    begun = {"after": 0, "seen": 0, "changed": 0, "refused": 0, "asked": 0, "named": []}
    tally = begun | (run.cursor or {})
    reasons, comment = run.args.get("reasons", {}), run.args.get("ask")
    total = run.job.progress_total or how_many(selection, access=access).number
    for ids in chunks(selection, access=access, size=CHUNK, after=tally["after"]):
        run.stop_if_cancelled()
        with transaction.atomic():
            changes = _changes(ids, run.args["action"], run.args["values"], reasons)
            receipt = services.execute(changes, access=access, channel=CHANNEL, partial=True)
            if comment is not None:
                _ask(receipt.outcomes, access, comment, tally)
            _count(tally, receipt.outcomes)
            tally |= {"after": ids[-1], "seen": tally["seen"] + len(ids)}
            run.progress(tally["seen"], total)
            run.checkpoint(tally)
    return tally


def _changes(
    ids: Sequence[int], action: Any, values: Mapping[str, Any], reasons: Mapping[str, str]
) -> list[Change]:
    return [Change(action, id=pk, values=values, acknowledged=reasons) for pk in ids]


def _ask(outcomes: Sequence[Outcome], access: Access, comment: str, tally: dict[str, Any]) -> None:
    """A request for each record: those who decide look at each by itself."""
    for outcome in outcomes:
        if outcome.ok or not asking.only_approval(outcome):
            continue
        if tally["asked"] >= MOST_ASKED:
            continue
        try:
            with transaction.atomic():
                asking.ask_for(outcome, access, comment)
        except (Forbidden, Refused):
            continue
        outcome.refusals.clear()
        tally["asked"] += 1


def _count(tally: dict[str, Any], outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        tally["changed"] += outcome.written
        if outcome.ok:
            continue
        tally["refused"] += 1
        if len(tally["named"]) < NAMED:
            reasons = [str(r.message) for r in outcome.refusals]
            tally["named"].append({"id": outcome.id, "reasons": reasons})
