"""Putting many records of a list into a segment, or taking them out: at once, or by a job with progress."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.translation import gettext as _

from jobs.errors import Permanent
from jobs.models import Job
from jobs.runs import JobRun
from jobs.services import enqueue, run_inline
from records.access import Access
from records.bulk import AT_ONCE, CHUNK, NAMED
from records.errors import Forbidden, NotVisible
from records.segments.jobs import count_soon
from records.segments.rights import named
from records.segments.services import DONE, Act, change_list
from records.selection import Selection, chunks, how_many

KIND = "records.segment_members"


def start(selection: Selection, segment: str, act: Act, *, why: str, access: Access) -> Job:
    """Done when it returns, if it is little; else on its way. The job keeps the receipt."""
    args = {"selection": selection.json(), "segment": segment, "act": act, "why": why}
    total = how_many(selection, access=access).number
    if total <= AT_ONCE:
        return run_inline(kind=KIND, args=args, user=access.user)
    return enqueue(kind=KIND, args=args, user=access.user, total=total)


def run(run: JobRun) -> dict[str, Any]:
    """Chunk by chunk. A list that is filtered by the very segment changes meanwhile: the ids go up."""
    access = Access.of(run.job.created_by or AnonymousUser())
    selection = Selection.of(run.args["selection"])
    tally = run.cursor or {"after": 0, "seen": 0, "changed": 0, "refused": 0, "named": []}
    total = run.job.progress_total or how_many(selection, access=access).number
    try:
        segment = named(run.args["segment"], access)
        for ids in chunks(selection, access=access, size=CHUNK, after=tally["after"]):
            run.stop_if_cancelled()
            with transaction.atomic():
                _chunk(run, segment, ids, access, tally)
                run.progress(tally["seen"], total)
                run.checkpoint(tally)
    except (Forbidden, NotVisible) as error:
        raise Permanent(_("You may not change who is in this segment.")) from error
    count_soon([segment.key])
    return tally


def _chunk(run: JobRun, segment: Any, ids: Any, access: Access, tally: dict[str, Any]) -> None:
    outcomes = change_list(
        segment, ids, run.args["act"], access=access, why=run.args["why"], count_after=False
    )
    tally["changed"] += sum(o.code in DONE for o in outcomes)
    for outcome in outcomes:
        if not outcome.ok:
            tally["refused"] += 1
            if len(tally["named"]) < NAMED:
                tally["named"].append({"id": outcome.id, "reasons": [outcome.message]})
    tally |= {"after": ids[-1], "seen": tally["seen"] + len(ids)}
