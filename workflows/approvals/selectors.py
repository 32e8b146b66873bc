"""Requests as people may see them: what waits for one, what one asked for, and what is about a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from crm_config.permissions import ADMINISTER
from records.access import Access
from records.errors import NotVisible
from workflows.approvals.steps import differs
from workflows.models import ApprovalRequest, ApprovalStep, ApprovalVote

WAITING = ApprovalRequest.State.WAITING
MOST = 500


def _rows() -> QuerySet[ApprovalRequest]:
    return ApprovalRequest.objects.select_related("record", "requester")


def waiting_for(access: Access) -> list[ApprovalRequest]:
    """What one has to decide about, the oldest first; also for the absent whom one stands in for."""
    if access.user_id is None or not access.user or not access.user.is_active:
        return []
    awaited = ApprovalVote.objects.filter(
        step__state=ApprovalStep.State.OPEN,
        step__request__state=WAITING,
        verdict=ApprovalVote.Verdict.NONE,
        user__in=[access.user_id, *access.stands_for],
    )
    rows = _rows().filter(pk__in=awaited.values("step__request")).order_by("asked_at", "pk")
    me = access.user_id
    return [row for row in rows[:MOST] if not (differs(row) and row.requester_id == me)]


def asked_by(access: Access) -> QuerySet[ApprovalRequest]:
    return _rows().filter(requester=access.user_id).order_by("-asked_at", "-pk")


def visible(access: Access) -> QuerySet[ApprovalRequest]:
    """What one asked for, is or was asked about, and for administrators all."""
    if access.user is None:
        return _rows().none()
    if access.user.has_perm(ADMINISTER):
        return _rows()
    people = [access.user_id, *access.stands_for]
    asked = ApprovalVote.objects.filter(Q(user__in=people) | Q(by=access.user_id))
    return _rows().filter(Q(requester=access.user_id) | Q(pk__in=asked.values("step__request")))


def get(pk: int, *, access: Access) -> ApprovalRequest:
    """Raises `NotVisible`."""
    found = visible(access).filter(pk=pk).first()
    if found is None:
        raise NotVisible(pk)
    return found


def of_record(record_id: int) -> list[ApprovalRequest]:
    """The newest first; whoever may see the record may know that something about it waits."""
    return list(_rows().filter(record=record_id).order_by("-asked_at", "-pk")[:20])


def asked_people(requests: Iterable[ApprovalRequest]) -> dict[int, list[str]]:
    """The names of those whose word is awaited, by request."""
    rows = ApprovalVote.objects.filter(
        step__request__in=[row.pk for row in requests],
        step__state=ApprovalStep.State.OPEN,
        verdict=ApprovalVote.Verdict.NONE,
    ).select_related("user", "step")
    found: dict[int, list[str]] = defaultdict(list)
    for vote in rows.order_by("step", "pk"):
        found[vote.step.request_id].append(str(vote.user))
    return found
