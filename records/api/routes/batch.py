"""Many changes of one type in one request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.responses import Response

from crm_config.definitions import TypeDef
from records import services
from records.api.auth import Caller, caller_of
from records.api.faults import faults_of
from records.api.idempotency import once
from records.api.openapi import refusing
from records.api.operations import IdempotencyHeader, type_named
from records.api.problems import Fault, Problem
from records.api.routers import records as router
from records.api.schemas.writing import BatchIn, BatchOut, ChangeIn
from records.gate import Change, Outcome
from records.models import Event

#: An id that no record has: the gate refuses it as it refuses what is not there.
NOWHERE = 0


@router.post(
    "/{type}/batch",
    response=BatchOut,
    url_name="batch",
    summary="Up to 1,000 changes at once",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def change_many(
    request: HttpRequest, type: str, body: BatchIn, idempotency_key: IdempotencyHeader
) -> HttpResponse:
    """All or nothing, unless `partial`. Each outcome says what became of its change. A change without
    `version` is refused: give `*` where any version will do."""
    caller = caller_of(request)
    record_type = type_named(type, caller.access)
    caller.must_write(record_type)
    if faults := list(_misfits(body.changes)):
        raise Problem("invalid", faults=faults)
    return once(request, idempotency_key, partial(_answer, body, caller, record_type))


def _answer(body: BatchIn, caller: Caller, record_type: TypeDef) -> HttpResponse:
    receipt = services.execute(
        [_change(asked, record_type) for asked in body.changes],
        access=caller.access,
        channel=Event.Channel.API,
        reason=body.reason,
        partial=body.partial,
    )
    faults = [
        faults_of(outcome, record_type, caller.access, place=f"body.changes[{number}].fields")
        for number, outcome in enumerate(receipt.outcomes)
    ]
    if not receipt.ok and not body.partial:
        raise Problem("invalid", faults=list(_placed(faults)))
    pairs = zip(receipt.outcomes, faults, strict=True)
    return Response({"ok": receipt.ok, "outcomes": [_outcome(o, said) for o, said in pairs]})


def _misfits(changes: Iterable[ChangeIn]) -> Iterable[Fault]:
    """Changes that are about no record, or about one that an earlier change of the batch is about."""
    met: set[int] = set()
    for number, asked in enumerate(changes):
        place = f"body.changes[{number}]"
        if asked.action == "create":
            if asked.id is not None:
                yield Fault("id_given", _("A new record has no id yet."), place=f"{place}.id")
            continue
        if asked.id is None:
            yield Fault("missing", _("This is missing."), place=f"{place}.id")
        elif asked.id in met:
            yield Fault("twice", _("Another change is about this record too."), place=f"{place}.id")
        else:
            met.add(asked.id)
        if asked.action == "change" and asked.version is None:
            yield Fault("missing", _("This is missing."), place=f"{place}.version")


def _change(asked: ChangeIn, record_type: TypeDef) -> Change:
    known = asked.id is not None and record_type.first_id <= asked.id < record_type.end_id
    return Change(
        asked.action,
        type=record_type.key,
        id=None if asked.action == "create" else asked.id if known else NOWHERE,
        values=asked.fields,
        base_version=asked.version if isinstance(asked.version, int) else None,
        ref=asked.ref,
        acknowledged=asked.acknowledge,
    )


def _placed(faults: Iterable[Iterable[Fault]]) -> Iterable[Fault]:
    """Every fault says which change it is about."""
    for number, some in enumerate(faults):
        for fault in some:
            place = fault.place or f"body.changes[{number}]"
            yield Fault(fault.code, fault.message, fault.field, place, fault.more)


def _outcome(outcome: Outcome, faults: Iterable[Fault]) -> Mapping[str, Any]:
    named = outcome.id != NOWHERE
    return {
        "ref": outcome.change.ref,
        "id": outcome.id if named else None,
        "version": outcome.version if outcome.ok else None,
        "ok": outcome.ok,
        "written": outcome.written,
        "errors": [fault.json() for fault in faults],
    }
