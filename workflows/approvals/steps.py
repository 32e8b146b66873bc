"""Steps at work: who is asked, whether enough agreed, and who is asked instead where nobody answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from workflows.approvals import people
from workflows.approvals.definitions import StepDef
from workflows.approvals.proposal import about
from workflows.models import ApprovalRequest, ApprovalStep, ApprovalVote
from workflows.people import administrators

YES, NO, NONE = ApprovalVote.Verdict.YES, ApprovalVote.Verdict.NO, ApprovalVote.Verdict.NONE
OPEN, PASSED, REFUSED = (
    ApprovalStep.State.OPEN,
    ApprovalStep.State.PASSED,
    ApprovalStep.State.REFUSED,
)


def definition(step: ApprovalStep) -> StepDef:
    return StepDef.of(step.definition)


def open_step(step: ApprovalStep, now: datetime) -> list[int]:
    """Ask; returns who was asked. Empty: nobody at all could decide."""
    hours = definition(step).due_hours
    step.state, step.opened_at = OPEN, now
    step.due_at = now + timedelta(hours=hours) if hours else None
    step.save(update_fields=["state", "opened_at", "due_at"])
    asked = _allowed(step, people.find(definition(step).approvers, about(step.request)))
    return _ask(step, asked, escalated=False) if asked else escalate(step, now)


def escalate(step: ApprovalStep, now: datetime) -> list[int]:
    """Ask those whom it escalates to; where none of them works here, the administrators."""
    step.escalated_at = now
    step.save(update_fields=["escalated_at"])
    found = _allowed(step, people.find(definition(step).escalate_to, about(step.request)))
    found = found or _allowed(step, [user.pk for user in administrators()])
    return _ask(step, found, escalated=True)


def renew(step: ApprovalStep, now: datetime) -> list[int]:
    """Those who came are asked too, those who left are not waited for; returns who was asked anew."""
    wanted = set(_allowed(step, people.find(definition(step).approvers, about(step.request))))
    votes = list(step.votes.select_related("user"))
    gone = [v.pk for v in votes if v.verdict == NONE and _left(v, wanted)]
    step.votes.filter(pk__in=gone, verdict=NONE).delete()
    fresh = _ask(step, wanted - {v.user_id for v in votes}, escalated=False)
    if not fresh and verdict(step) is None and not step.votes.filter(verdict=NONE).exists():
        return escalate(step, now)
    return fresh


def _left(vote: ApprovalVote, wanted: Iterable[int]) -> bool:
    return not vote.user.is_active or (not vote.escalated and vote.user_id not in wanted)


def verdict(step: ApprovalStep) -> ApprovalStep.State | None:
    """None while it is open. The word of somebody it was escalated to decides by itself."""
    votes = list(step.votes.all())
    for vote in votes:
        if vote.escalated and vote.verdict != NONE:
            return PASSED if vote.verdict == YES else REFUSED
    asked = [vote for vote in votes if not vote.escalated]
    if not asked:
        return None
    agreed = sum(vote.verdict == YES for vote in asked)
    pending = sum(vote.verdict == NONE for vote in asked)
    enough = definition(step).enough(len(asked))
    if agreed >= enough:
        return PASSED
    return REFUSED if agreed + pending < enough else None


def _allowed(step: ApprovalStep, ids: Iterable[int]) -> list[int]:
    barred = step.request.requester_id if differs(step.request) else None
    return [pk for pk in ids if pk != barred]


def differs(request: ApprovalRequest) -> bool:
    """Whether nobody decides what they asked for themselves."""
    return bool(request.change.get("differs", True))


def _ask(step: ApprovalStep, ids: Iterable[int], *, escalated: bool) -> list[int]:
    known = set(step.votes.values_list("user", flat=True))
    fresh = sorted(set(ids) - known)
    ApprovalVote.objects.bulk_create(
        [ApprovalVote(step=step, user_id=pk, escalated=escalated) for pk in fresh]
    )
    if escalated:
        # Who was asked before is asked again, and may now decide alone.
        step.votes.filter(user__in=set(ids) & known, verdict=NONE).update(escalated=True)
    return fresh
