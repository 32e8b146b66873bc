"""Over the API: where a record may be moved. Moving itself is a change of its `stage`."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Schema
from pydantic import Field

from records.api.auth import caller_of
from records.api.openapi import refusing
from records.api.operations import must_be_of, type_named
from records.api.problems import Problem
from records.api.routers import records as router
from records.api.schemas.base import PLAIN, RecordId, Strict
from records.errors import Forbidden
from records.models import Event
from records.selectors import RecordView, get
from records.selectors.plain import plain_views
from workflows.pipelines import ticking
from workflows.pipelines.live import pipeline_with
from workflows.pipelines.obstacles import Obstacles, obstacles
from workflows.pipelines.possible import Possible, asked_fields, possible, stage_key

Entry = Annotated[str, Field(max_length=50, pattern=PLAIN)]


class MoveOut(Schema):
    stage: str
    label: str
    asks: list[str] = Field(description="The fields that may be given along.")
    needs: list[str] = Field(description="Those without which it is refused.")
    why: list[str] = Field(description="What else stands against it, as far as you may hear it.")


class MovesOut(Schema):
    pipeline: str | None = Field(description="The one that the record is in.")
    stage: str | None
    since: datetime | None = Field(description="When it came into the stage.")
    moves: list[MoveOut]


@router.get(
    "/{type}/{int:id}/moves",
    response=MovesOut,
    url_name="moves",
    summary="Where a record may be moved",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_moves(request: HttpRequest, type: str, id: Path[RecordId]) -> dict[str, Any]:
    """The stages that you may move it to, and what each asks for. To move it, change its `stage`."""
    access = caller_of(request).access
    must_be_of(type_named(type, access), id)
    record = get(id, access=access, keys=(), views=plain_views)
    stage = stage_key(record)
    pipeline = pipeline_with(access.snapshot, record.type.key, stage)
    moves = possible(record)
    found = obstacles(record, moves, channel=Event.Channel.API)
    return {
        "pipeline": pipeline.key if pipeline else None,
        "stage": stage,
        "since": record.record.stage_entered_at if stage else None,
        "moves": [_move(each, asked_fields(record, each), found[each.stage.key]) for each in moves],
    }


class EntryOut(Schema):
    key: str
    label: str
    done: bool
    by: str = Field(description="Who ticked it.")
    at: datetime | None


class ChecklistOut(Schema):
    stage: str | None = Field(description="Null where the stage has no checklist.")
    all_done: bool = Field(description="Whether all must be ticked before the record goes on.")
    may_tick: bool
    entries: list[EntryOut]


class TickIn(Strict):
    done: bool


@router.get(
    "/{type}/{int:id}/checklist",
    response=ChecklistOut,
    url_name="checklist",
    summary="What is to be ticked in its stage",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_checklist(request: HttpRequest, type: str, id: Path[RecordId]) -> dict[str, Any]:
    """Of the stage that the record is in: what is done, by whom and when."""
    access = caller_of(request).access
    must_be_of(type_named(type, access), id)
    return _checklist(get(id, access=access, keys=(), views=plain_views))


@router.put(
    "/{type}/{int:id}/checklist/{entry}",
    response=ChecklistOut,
    url_name="tick",
    summary="Tick, or take a tick away",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def put_tick(
    request: HttpRequest, type: str, id: Path[RecordId], entry: Path[Entry], body: TickIn
) -> dict[str, Any]:
    """In the stage that the record is in. Sent again, it changes nothing: whoever ticked first stays named."""
    caller = caller_of(request)
    record_type = type_named(type, caller.access)
    caller.must_write(record_type)
    must_be_of(record_type, id)
    record = get(id, access=caller.access, keys=(), views=plain_views)
    try:
        ticking.tick(record, entry, done=body.done, access=caller.access)
    except Forbidden as error:
        raise Problem("forbidden") from error
    return _checklist(record)


def _checklist(record: RecordView) -> dict[str, Any]:
    stage = ticking.stage_of(record)
    found = ticking.entries(record, stage) if stage else []
    return {
        "stage": stage.key if stage else None,
        "all_done": bool(stage and stage.all_done),
        "may_tick": bool(stage) and ticking.may_tick(record),
        "entries": [
            {
                "key": each.check.key,
                "label": each.check.label,
                "done": each.done,
                "by": str(each.tick.by) if each.tick and each.tick.by else "",
                "at": each.tick.at if each.tick else None,
            }
            for each in found
        ],
    }


def _move(move: Possible, asked: Any, against: Obstacles) -> dict[str, Any]:
    return {
        "stage": move.stage.key,
        "label": move.name,
        "asks": [f.key for f in asked],
        "needs": list(against.needs),
        "why": list(against.why),
    }
