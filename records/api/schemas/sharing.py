"""Shares of a record, as they are sent and answered."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from records.api.schemas.base import PLAIN, RecordId, Strict
from records.api.schemas.history import ActorOut

Id = Annotated[int, Field(ge=1, le=2_147_483_647)]
Level = Literal["view", "change"]
ShareId = RecordId


class ShareIn(Strict):
    user: Id | None = Field(None, description="With whom: a user, or else a team.")
    team: Id | None = None
    level: Level = Field("view", description="What they may do: `change` lets them view, too.")
    until: Annotated[str, Field(max_length=40, pattern=PLAIN)] | None = Field(
        None,
        description="The last day (`2026-03-31`, in the company's time zone), or the moment it ends. "
        "Left out: until it is taken back.",
    )
    note: Annotated[str, Field(max_length=200, pattern=PLAIN)] = ""


class ShareOut(Schema):
    id: int
    user: ActorOut | None
    team: ActorOut | None
    level: Level
    until: datetime | None
    note: str
    given_by: ActorOut | None
    given_at: datetime


class SharesOut(Schema):
    shares: list[ShareOut] = Field(description="Those in force.")
