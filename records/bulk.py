"""One change for many records, through the gate: those that are refused are told, the others are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from jobs.models import Job
from jobs.runs import JobRun
from jobs.services import enqueue, run_inline
from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.selection import Selection, chunks, how_many

KIND = "records.bulk"
CHANNEL = "bulk"
#: Up to here it is done while the person waits; beyond, by a job with progress.
AT_ONCE = 200
CHUNK = 200
#: How many refused records the receipt names.
NAMED = 500


@dataclass
class Preview:
    """What would happen. `exact` is False where only the rights were asked, not each record."""

    total: int
    fine: int
    exact: bool
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        return self.total - self.fine


def preview(
    selection: Selection, action: Any, values: Mapping[str, Any], *, access: Access
) -> Preview:
    needed = "change" if action == "change" else "delete"
    total = how_many(selection, access=access).number
    if total > AT_ONCE:
        may = how_many(selection, access=access, action=needed).number
        return Preview(total, may, exact=False)
    outcomes: list[Outcome] = []
    for ids in chunks(selection, access=access, size=CHUNK):
        asked = _changes(ids, action, values)
        outcomes += services.check(asked, access=access, channel=CHANNEL)
    reasons = Counter(str(r.message) for o in outcomes for r in o.refusals)
    return Preview(total, sum(o.ok for o in outcomes), exact=True, reasons=dict(reasons))


def start(selection: Selection, action: str, values: Mapping[str, Any], *, access: Access) -> Job:
    """Done when it returns, if it is little; else on its way. The job keeps the receipt."""
    args = {"selection": selection.json(), "action": action, "values": dict(values)}
    total = how_many(selection, access=access).number
    if total <= AT_ONCE:
        return run_inline(kind=KIND, args=args, user=access.user)
    return enqueue(kind=KIND, args=args, user=access.user, total=total)


def run(run: JobRun) -> dict[str, Any]:
    """Chunk by chunk, each in a transaction of its own together with how far it got."""
    access = Access.of(run.job.created_by or AnonymousUser())
    selection = Selection.of(run.args["selection"])
    tally = run.cursor or {"after": 0, "seen": 0, "changed": 0, "refused": 0, "named": []}
    total = run.job.progress_total or how_many(selection, access=access).number
    for ids in chunks(selection, access=access, size=CHUNK, after=tally["after"]):
        run.stop_if_cancelled()
        with transaction.atomic():
            changes = _changes(ids, run.args["action"], run.args["values"])
            receipt = services.execute(changes, access=access, channel=CHANNEL, partial=True)
            _count(tally, receipt.outcomes)
            tally |= {"after": ids[-1], "seen": tally["seen"] + len(ids)}
            run.progress(tally["seen"], total)
            run.checkpoint(tally)
    return tally


def _changes(ids: Sequence[int], action: Any, values: Mapping[str, Any]) -> list[Change]:
    return [Change(action, id=pk, values=values) for pk in ids]


def _count(tally: dict[str, Any], outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        tally["changed"] += outcome.written
        if outcome.ok:
            continue
        tally["refused"] += 1
        if len(tally["named"]) < NAMED:
            reasons = [str(r.message) for r in outcome.refusals]
            tally["named"].append({"id": outcome.id, "reasons": reasons})
