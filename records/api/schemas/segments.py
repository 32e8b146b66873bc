"""Segments in answers."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from records.api.schemas.base import PLAIN, RecordId, Strict
from records.api.schemas.history import ActorOut, HistoryLinksOut
from records.api.schemas.lists import Cursor
from records.api.schemas.records import CountOut

SegmentKey = Annotated[str, Field(max_length=50, pattern=PLAIN)]
Key = Annotated[SegmentKey, Field(description="The key of a record type: its segments alone.")]


class SegmentsQuery(Schema):
    type: Key | None = None


class SegmentQuery(Schema):
    count: Literal["none", "capped", "exact"] = Field(
        "capped", description="`capped` stops counting at 10,000; `exact` may take its time."
    )


class CountedOut(Schema):
    number: int
    at: datetime


class SegmentOut(Schema):
    key: str
    label: str
    description: str
    type: str
    kind: Literal["dynamic", "static", "combined"] = Field(
        description="By condition, by hand, or both."
    )
    where: dict[str, Any] | None = Field(
        description="Its condition; null where there is none, or where it asks about what you may not read."
    )
    may_keep: bool = Field(description="Whether you may change who is in it by hand.")
    counted: CountedOut | None = Field(
        description="The latest daily count, of all records; null for who does not see all of them."
    )
    url: str
    records: str = Field(description="The address of its records.")


class SegmentDetailOut(SegmentOut):
    count: CountOut | None = Field(
        description="How many of its records you see, now. Null with `count=none`."
    )


class SegmentsOut(Schema):
    segments: list[SegmentOut]


MOST_LISTED = 1000


class EntriesQuery(Schema):
    limit: Annotated[int, Field(ge=1, le=500, description="Entries in a page.")] = 50
    cursor: Cursor = ""


class EntryOfListOut(Schema):
    record: int
    title: str
    added: bool = Field(description="False for one that is kept out whatever its values say.")
    at: datetime
    by: ActorOut | None
    why: str


class EntriesOut(Schema):
    entries: list[EntryOfListOut] = Field(
        description="What people decided, of the records that you see; the latest first."
    )
    links: HistoryLinksOut


class ListChangeIn(Strict):
    action: Literal["add", "remove", "free"] = Field(
        description="`free`: nobody decides about them any more, their values alone do."
    )
    ids: list[RecordId] = Field(min_length=1, max_length=MOST_LISTED)
    why: Annotated[str, Field(max_length=200, pattern=PLAIN)] = ""


class ListOutcomeOut(Schema):
    id: int
    code: Literal["added", "removed", "freed", "already", "absent", "archived", "not_found"]
    message: str
    ok: bool = Field(description="False where the record stayed as it was against your wish.")


class ListChangeOut(Schema):
    ok: bool
    outcomes: list[ListOutcomeOut] = Field(description="In the order of the ids.")
