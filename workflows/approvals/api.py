"""Over the API: asking for approval, what waits for one's word, deciding, and what is about a record."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from ninja.responses import Response

from records.access import Access
from records.api.auth import Caller, caller_of
from records.api.faults import problem_of
from records.api.idempotency import once
from records.api.openapi import refusing
from records.api.operations import IdempotencyHeader, must_be_of, type_named
from records.api.problems import Fault, Problem
from records.api.routers import records as of_records
from records.api.routes.history import change_json
from records.api.schemas.base import RecordId
from records.errors import Forbidden, NotVisible, Refused
from records.gate import Change
from records.models import Event
from records.selectors import get
from records.selectors.plain import plain_views
from workflows.approvals import selectors, services
from workflows.approvals.api_schemas import (
    ApprovalDetailOut,
    ApprovalsOut,
    ApprovalsQuery,
    AskIn,
    DecisionIn,
)
from workflows.approvals.brief import Brief, briefs
from workflows.approvals.errors import Closed
from workflows.approvals.shown import ShownStep, shown
from workflows.models import ApprovalRequest, ApprovalVote

router = Router(tags=["Approvals"])
MOST = 100


@router.get("", response=ApprovalsOut, url_name="approvals", summary="Approvals")
def list_approvals(request: HttpRequest, query: Query[ApprovalsQuery]) -> dict[str, Any]:
    """Up to 100: what waits for your word, the oldest first; what you asked for; or what has ended."""
    access = caller_of(request).access
    rows = [row for row in _rows(query.which, access) if _reaches(row, access)]
    return {"approvals": [_brief(each) for each in briefs(rows, access)]}


@router.post(
    "",
    response={HTTPStatus.CREATED.value: ApprovalDetailOut},
    url_name="ask_approval",
    summary="Ask for approval",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def ask_approval(
    request: HttpRequest, body: AskIn, idempotency_key: IdempotencyHeader
) -> HttpResponse:
    """For a change that was refused with `needs_approval`. The record is held until it is decided."""
    caller = caller_of(request)
    return once(request, idempotency_key, partial(_ask, body, caller))


@router.get(
    "/{int:id}",
    response=ApprovalDetailOut,
    url_name="approval",
    summary="One request for approval",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_approval(request: HttpRequest, id: Path[RecordId]) -> dict[str, Any]:
    """What would change, as far as you may read it, and who said what."""
    access = caller_of(request).access
    return _detail(_found(id, access), access)


@router.post(
    "/{int:id}/decide",
    response=ApprovalDetailOut,
    url_name="decide_approval",
    summary="Say yes or no",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def decide_approval(
    request: HttpRequest, id: Path[RecordId], body: DecisionIn, idempotency_key: IdempotencyHeader
) -> HttpResponse:
    """For yourself, else for somebody absent. On the last yes the change is carried out."""
    caller, asked = _writer(request, id)
    if body.verdict == "no" and not body.comment.strip():
        fault = Fault("missing", _("Say why you refuse."), place="body.comment")
        raise Problem("invalid", faults=[fault])
    deciding = partial(services.decide, verdict=body.verdict, comment=body.comment)
    return once(request, idempotency_key, partial(_steer, deciding, asked, caller.access))


@router.post(
    "/{int:id}/withdraw",
    response=ApprovalDetailOut,
    url_name="withdraw_approval",
    summary="Take a request back",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def withdraw_approval(
    request: HttpRequest, id: Path[RecordId], idempotency_key: IdempotencyHeader
) -> HttpResponse:
    """By whoever asked, or an administrator. The record is free again."""
    caller, asked = _writer(request, id)
    return once(request, idempotency_key, partial(_steer, services.withdraw, asked, caller.access))


@of_records.get(
    "/{type}/{int:id}/approvals",
    response=ApprovalsOut,
    url_name="record_approvals",
    summary="What was to be approved about a record",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_record_approvals(request: HttpRequest, type: str, id: Path[RecordId]) -> dict[str, Any]:
    """The newest first, up to 20. What would change is told to those concerned alone."""
    access = caller_of(request).access
    must_be_of(type_named(type, access), id)
    get(id, access=access, keys=("title",), views=plain_views)
    rows = selectors.of_record(id)
    concerned = set(
        selectors.visible(access)
        .filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )
    told = [_brief(each) for each in briefs(rows, access)]
    return {"approvals": [a if a["id"] in concerned else {**a, "comment": ""} for a in told]}


def _rows(which: str, access: Access) -> list[ApprovalRequest]:
    if which == "waiting":
        return selectors.waiting_for(access)[:MOST]
    waits = {"state": ApprovalRequest.State.WAITING}
    if which == "asked":
        return list(selectors.asked_by(access).filter(**waits)[:MOST])
    return list(selectors.visible(access).exclude(**waits).order_by("-ended_at")[:MOST])


def _reaches(asked: ApprovalRequest, access: Access) -> bool:
    """Whether the token is about such records. Their people may be asked without seeing them."""
    record_type = access.snapshot.types.get(asked.type)
    return record_type is not None and access.lets_through(record_type, "view")


def _found(pk: int, access: Access) -> ApprovalRequest:
    asked = selectors.get(pk, access=access)
    if not _reaches(asked, access):
        raise NotVisible(pk)
    return asked


def _writer(request: HttpRequest, pk: int) -> tuple[Caller, ApprovalRequest]:
    caller = caller_of(request)
    asked = _found(pk, caller.access)
    caller.must_write(caller.access.snapshot.types[asked.type])
    return caller, asked


def _ask(body: AskIn, caller: Caller) -> HttpResponse:
    record_type = type_named(body.type, caller.access)
    caller.must_write(record_type)
    change = Change(
        body.action,
        type=record_type.key,
        id=None if body.action == "create" else body.id,
        values=body.fields,
        base_version=body.version,
        acknowledged=body.acknowledge,
    )
    if change.id is not None:
        must_be_of(record_type, change.id)
    try:
        made = services.request(
            change, access=caller.access, comment=body.comment, channel=Event.Channel.API
        )
    except Refused as refused:
        raise problem_of(refused.outcomes[0], record_type, caller.access) from refused
    except Forbidden as forbidden:
        raise Problem("forbidden", forbidden.message) from forbidden
    return Response(_detail(made, caller.access), status=HTTPStatus.CREATED.value)


def _steer(act: Any, asked: ApprovalRequest, access: Access) -> HttpResponse:
    try:
        done = act(asked, access=access)
    except Closed as closed:
        raise Problem("held", closed.message) from closed
    except Forbidden as forbidden:
        raise Problem("forbidden", forbidden.message) from forbidden
    return Response(_detail(done, access))


def _brief(brief: Brief) -> dict[str, Any]:
    asked = brief.request
    return {
        "id": asked.pk,
        "process": asked.process,
        "label": brief.process,
        "type": asked.type,
        "record": asked.record_id if brief.title else None,
        "title": brief.title,
        "action": asked.change.get("action", ""),
        "state": asked.state,
        "requester": _person(asked.requester),
        "comment": asked.comment,
        "asked_at": asked.asked_at,
        "ended_at": asked.ended_at,
        "people": brief.people,
    }


def _detail(asked: ApprovalRequest, access: Access) -> dict[str, Any]:
    told = shown(asked, access)
    return {
        **_brief(briefs([asked], access)[0]),
        "changes": [change_json(change) for change in told.changes],
        "hidden": told.hidden,
        "steps": [_step(step) for step in told.steps],
        "reasons": list(asked.reasons),
        "may_decide": told.mine is not None,
        "may_withdraw": told.may_withdraw,
    }


def _step(step: ShownStep) -> dict[str, Any]:
    return {
        "label": step.label,
        "state": step.step.state,
        "due_at": step.step.due_at,
        "votes": [_vote(vote) for vote in step.votes],
    }


def _vote(vote: ApprovalVote) -> dict[str, Any]:
    stood_in = vote.by is not None and vote.by_id != vote.user_id
    return {
        "user": _person(vote.user),
        "verdict": vote.verdict,
        "comment": vote.comment,
        "by": _person(vote.by) if stood_in else None,
        "at": vote.at,
    }


def _person(user: Any) -> dict[str, Any] | None:
    return {"id": user.pk, "name": str(user)} if user is not None else None
