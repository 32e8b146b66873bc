"""A record's history in answers."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field


class ActorOut(Schema):
    id: int
    name: str


class FieldChangeOut(Schema):
    field: str
    label: str
    before: Any = Field(description="Null when it was empty.")
    after: Any = Field(description="Null when it was emptied.")


class EntryOut(Schema):
    id: int
    at: datetime
    action: str
    channel: str
    version: int = Field(description="Of the record, afterwards.")
    actor: ActorOut | None = Field(description="Null where the system acted.")
    reason: str
    changes: list[FieldChangeOut] = Field(description="Of fields that you may read.")


class HistoryLinksOut(Schema):
    next: str | None


class HistoryOut(Schema):
    entries: list[EntryOut] = Field(description="Newest first.")
    links: HistoryLinksOut
