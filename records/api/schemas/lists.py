"""What a list is asked by."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from records.api.schemas.base import PLAIN
from records.selectors.lists import MAX_PAGE_SIZE, PAGE_SIZE

Text = Annotated[str, Field(max_length=200, pattern=PLAIN)]
Fields = Annotated[
    str,
    Field(
        max_length=4000, description="Keys of the fields to give, between commas. All by default."
    ),
]
Expand = Annotated[
    Literal["labels"],
    Field(
        description="`labels` adds what people read for each value, such as names of linked records."
    ),
]
Limit = Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE, description="Records in a page.")]
Cursor = Annotated[
    str, Field(max_length=2000, description="Out of `links` of the page before. Opaque.")
]


class OneQuery(Schema):
    fields: Fields | None = None
    expand: Expand | None = None


class ListQuery(OneQuery):
    where: str | None = Field(
        None, max_length=20_000, description="A condition as JSON: only records that fit."
    )
    segment: Text = Field("", description="The key of a segment: only records that are in it.")
    q: Text = Field("", description="Words that must all be found in searchable fields.")
    sort: Text = Field(
        "",
        description="A field's key, or `id`; with `-` in front, falling. The type's own sort by default.",
    )
    limit: Limit = PAGE_SIZE
    cursor: Cursor = ""
    count: Literal["none", "capped", "exact"] = Field(
        "none", description="`capped` stops counting at 10,000; `exact` may take its time."
    )
    archived: bool = Field(False, description="Archived records instead of the others.")


class SearchQuery(Schema):
    q: Text = Field(description="Words that must all be found in searchable fields.")
    limit: Annotated[int, Field(ge=1, le=50, description="Records of each type.")] = 8


class HistoryQuery(Schema):
    field: Text | None = Field(None, description="The history of this field alone.")
    limit: Annotated[int, Field(ge=1, le=200, description="Entries in a page.")] = 30
    cursor: Annotated[str, Field(pattern=r"^[0-9]{0,18}$")] = Field(
        "", description="Out of `links` of the page before. Opaque."
    )
