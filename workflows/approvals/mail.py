"""Telling people by mail: jobs written in the transaction, sent after it."""

from __future__ import annotations

from collections.abc import Sequence

from jobs.services import enqueue
from workflows.models import ApprovalRequest

KIND = "workflows.approvals.mail"


def asked(request: ApprovalRequest, users: Sequence[int]) -> None:
    """Those whose word is awaited from now on."""
    if users:
        _tell(request, "asked", list(users))


def ended(request: ApprovalRequest) -> None:
    """Whoever asked."""
    if request.requester_id is not None:
        _tell(request, "ended", [request.requester_id])


def _tell(request: ApprovalRequest, what: str, users: list[int]) -> None:
    key = f"{KIND}:{request.pk}:{what}:{','.join(map(str, users))}"
    enqueue(kind=KIND, args={"request": request.pk, "what": what, "users": users}, key=key)
