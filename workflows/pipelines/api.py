"""Over the API: where a record may be moved. Moving itself is a change of its `stage`."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja import Path, Schema
from pydantic import Field

from records.api.auth import caller_of
from records.api.openapi import refusing
from records.api.operations import must_be_of, type_named
from records.api.routers import records as router
from records.api.schemas.base import RecordId
from records.models import Event
from records.selectors import get
from records.selectors.plain import plain_views
from workflows.pipelines.live import pipeline_with
from workflows.pipelines.obstacles import Obstacles, obstacles
from workflows.pipelines.possible import Possible, asked_fields, possible, stage_key


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


def _move(move: Possible, asked: Any, against: Obstacles) -> dict[str, Any]:
    return {
        "stage": move.stage.key,
        "label": move.name,
        "asks": [f.key for f in asked],
        "needs": list(against.needs),
        "why": list(against.why),
    }
