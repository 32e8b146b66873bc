"""With whom a record is shared: the list, giving, and taking back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path
from ninja.responses import Response

from crm_config.definitions import TypeDef
from crm_config.models import Team, User
from records import services
from records.access import Access
from records.api.auth import Caller, caller_of
from records.api.faults import problem_of
from records.api.idempotency import once
from records.api.openapi import refusing
from records.api.operations import IdempotencyHeader, must_be_of, type_named
from records.api.problems import Fault, Problem
from records.api.routers import records as router
from records.api.schemas.base import RecordId
from records.api.schemas.sharing import ShareId, ShareIn, ShareOut, SharesOut
from records.gate import Change
from records.models import Event, RecordShare
from records.selectors import RecordView, get
from records.selectors.plain import plain_views
from records.selectors.shares import shares_of


@router.get(
    "/{type}/{int:id}/shares",
    response=SharesOut,
    url_name="shares",
    summary="With whom a record is shared",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def list_shares(request: HttpRequest, type: str, id: Path[RecordId]) -> dict[str, Any]:
    """For who may share it."""
    caller = caller_of(request)
    view = _shareable(caller, type, id)
    return {"shares": [_share(s) for s in shares_of(view, access=caller.access)]}


@router.post(
    "/{type}/{int:id}/shares",
    response={HTTPStatus.CREATED.value: ShareOut},
    url_name="share",
    summary="Share a record",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def share_record(
    request: HttpRequest,
    type: str,
    id: Path[RecordId],
    body: ShareIn,
    idempotency_key: IdempotencyHeader,
) -> HttpResponse:
    """With a user or a team. A share with somebody who has one already takes its place."""
    caller = caller_of(request)
    caller.must_write(type_named(type, caller.access))
    record_type = _shareable(caller, type, id).type
    values = {**body.dict(), "until": _until(body.until, caller.access)}
    change = Change("share", id=id, values=values)
    return once(request, idempotency_key, partial(_give, change, caller, record_type))


@router.delete(
    "/{type}/{int:id}/shares/{int:share}",
    response={HTTPStatus.NO_CONTENT.value: None},
    url_name="unshare",
    summary="Take a share back",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def take_share_back(
    request: HttpRequest, type: str, id: Path[RecordId], share: Path[ShareId]
) -> HttpResponse:
    """It ends now."""
    caller = caller_of(request)
    caller.must_write(type_named(type, caller.access))
    record_type = _shareable(caller, type, id).type
    _execute(Change("unshare", id=id, values={"share": share}), caller, record_type)
    return HttpResponse(status=HTTPStatus.NO_CONTENT.value)


def _shareable(caller: Caller, type_key: str, record_id: int) -> RecordView:
    """The record, for who may share it. Raises `NotVisible` and `Problem`."""
    must_be_of(type_named(type_key, caller.access), record_id)
    view = get(record_id, access=caller.access, views=plain_views)
    if not view.may("share"):
        raise Problem("forbidden", _("You may see this record but not share it."))
    return view


def _until(raw: str | None, access: Access) -> datetime | None:
    """A day is the last one. Raises `Problem`."""
    if raw is None:
        return None
    try:
        if len(raw) == len("2026-03-31"):
            day = date.fromisoformat(raw) + timedelta(days=1)
            return datetime.combine(day, time(), access.tz).astimezone(UTC)
        moment = datetime.fromisoformat(raw)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    message = _("Give a day (2026-03-31) or a point in time (2026-03-31T12:00:00Z).")
    raise Problem("invalid", faults=[Fault("until", message, place="body.until")])


def _give(change: Change, caller: Caller, record_type: TypeDef) -> HttpResponse:
    _execute(change, caller, record_type)
    rows = RecordShare.objects.select_related("user", "team", "given_by")
    given = rows.get(record=change.id, user=change.values["user"], team=change.values["team"])
    return Response(_share(given), status=HTTPStatus.CREATED.value)


def _execute(change: Change, caller: Caller, record_type: TypeDef) -> None:
    """Raises `Problem` when it is refused."""
    outcome = services.execute_one(change, access=caller.access, channel=Event.Channel.API)
    if any(refusal.code == "no_such_share" for refusal in outcome.refusals):
        raise Problem("not_found")
    if not outcome.ok:
        raise problem_of(outcome, record_type, caller.access, place="body")


def _share(share: RecordShare) -> dict[str, Any]:
    return {
        "id": share.pk,
        "user": _named(share.user),
        "team": _named(share.team),
        "level": share.level,
        "until": share.until,
        "note": share.note,
        "given_by": _named(share.given_by),
        "given_at": share.given_at,
    }


def _named(who: User | Team | None) -> dict[str, Any] | None:
    return {"id": who.pk, "name": str(who)} if who else None
