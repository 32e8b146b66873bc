"""What becomes of a follow-up when its work is finished, taken up again, handed over or lost, on whatever path: kept
in the transaction of that write. It asks for no right to the follow-up where it tells nothing of it; whoever is given
one sees its answers, so that only those who work on it hand it over along with its work."""

from __future__ import annotations

from datetime import datetime

from records.access import Access
from records.gate.batch import Batch
from records.gate.draft import Draft
from surveys.definitions import surveys_of
from surveys.following import work
from surveys.following.finishing import ByFollowUp
from surveys.following.names import rule_of
from surveys.following.visibility import may_work
from surveys.models import FollowUp, FollowUpStep
from workflows.todo.closing import Following

Status, What = FollowUp.Status, FollowUpStep.What
LOOKED_AT = frozenset({work.DONE, work.STAGE, "owner"})


def keep(batch: Batch) -> None:
    """No query for what has nothing to do with work that ends."""
    if batch.recomputes or not surveys_of(batch.snapshot):
        return
    moved = {draft.change.id: draft for draft in batch.drafts if _concerns(draft, batch)}
    if not moved:
        return
    for row in FollowUp.objects.select_for_update().filter(made__in=moved).order_by("pk"):
        _follow(row, moved[row.made_id], batch)


def _concerns(draft: Draft, batch: Batch) -> bool:
    if draft.change.id is None or isinstance(draft.change.ref, ByFollowUp) or not draft.ok:
        return False
    if not work.ends(draft.record_type, batch.snapshot):
        return False
    if draft.action == "change":
        return draft.outcome.written and bool(LOOKED_AT & draft.outcome.changed)
    return draft.action == "delete" or (
        draft.action in ("archive", "restore") and draft.outcome.written
    )


def _follow(row: FollowUp, draft: Draft, batch: Batch) -> None:
    if draft.action in ("archive", "delete"):
        _lost(row, batch)
        return
    was = draft.action == "restore" or work.finished(
        draft.before, draft.record_type, batch.snapshot
    )
    ended = work.finished(draft.after, draft.record_type, batch.snapshot)
    if ended and not was:
        _finished(row, draft, batch)
    elif was and not ended:
        _taken_up(row, batch)
    if "owner" in draft.outcome.changed:
        _handed_over(row, draft, batch.access)


def _finished(row: FollowUp, draft: Draft, batch: Batch) -> None:
    """A next step goes on with it; a rule that wants the outcome here leaves it to be said; else it is closed."""
    if row.status == Status.CLOSED:
        return
    going_on = _next_step(draft, batch)
    rule = rule_of(row, batch.snapshot)
    if going_on is not None:
        row.made_id, row.status = going_on, Status.DOING
        _save(row, What.WENT_ON, batch, "made", "status")
    elif rule is not None and rule.outcome:
        row.status = Status.DOING
        _save(row, What.DONE, batch, "status")
    else:
        row.status, row.closed_at, row.closed_by_id = (
            Status.CLOSED, batch.access.now, batch.access.user_id,
        )  # fmt: skip
        _save(row, What.FINISHED, batch, "status", "closed_at", "closed_by")


def _next_step(draft: Draft, batch: Batch) -> int | None:
    mark = Following(draft.change.id or 0)
    made = (d for d in batch.drafts if d.change.ref == mark and d.outcome.written)
    following = next(made, None)
    return following.outcome.id if following is not None else None


def _taken_up(row: FollowUp, batch: Batch) -> None:
    """Work that is open again is a follow-up that is."""
    if row.status != Status.CLOSED:
        return
    row.status = Status.DOING if row.owner_id else Status.OPEN
    row.closed_at = row.closed_by = None
    row.outcome = ""
    _save(row, What.REOPENED, batch, "status", "closed_at", "closed_by", "outcome")


def _handed_over(row: FollowUp, draft: Draft, access: Access) -> None:
    """To a person, of what was one's with the other."""
    given = draft.owner_id
    if row.status == Status.CLOSED or given is None or draft.before.get("owner") != row.owner_id:
        return
    if may_work(row, access):
        row.owner_id = given
        row.save(update_fields=["owner"])


def _lost(row: FollowUp, batch: Batch) -> None:
    """From now on it stands on its own."""
    if row.status != Status.CLOSED:
        _step(row, What.LOST, batch.access, batch.access.now)


def _save(row: FollowUp, what: str, batch: Batch, *fields: str) -> None:
    row.save(update_fields=fields)
    _step(row, what, batch.access, batch.access.now)


def _step(row: FollowUp, what: str, access: Access, at: datetime) -> None:
    FollowUpStep.objects.create(follow_up=row, what=what, by=access.user, at=at)
