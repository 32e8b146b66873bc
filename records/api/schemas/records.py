"""Records in answers."""

from typing import Any

from ninja import Schema
from pydantic import Field


class RecordOut(Schema):
    id: int
    type: str
    version: int = Field(
        description="Also the ETag. Send it back with If-Match to change the record."
    )
    url: str
    title: str
    archived: bool
    fields: dict[str, Any] = Field(
        description="Values by field key; null when empty. `/types/{type}/schema` describes them."
    )
    labels: dict[str, str] | None = Field(
        None, description="What people read for the values, by field key: with `expand=labels`."
    )


class CountOut(Schema):
    number: int
    capped: bool = Field(description="Whether there are more than `number`.")


class LinksOut(Schema):
    next: str | None
    previous: str | None


class RecordsOut(Schema):
    records: list[RecordOut]
    count: CountOut | None = Field(description="Null with `count=none`.")
    links: LinksOut


class HitsOut(Schema):
    type: str
    label: str
    records: list[RecordOut]
    more: bool = Field(description="Whether the type has more than are shown.")


class SearchOut(Schema):
    hits: list[HitsOut]
