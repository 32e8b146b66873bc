"""What is sent to write records, and what became of it."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from records.api.schemas.base import PLAIN, Reason, RecordId, Strict, Values, Version

MOST_CHANGES = 1000
Acknowledged = dict[
    Annotated[str, Field(max_length=150, pattern=PLAIN)],
    Annotated[str, Field(max_length=500, pattern=PLAIN)],
]


ACKNOWLEDGE = "Why you go on in spite of warnings: a reason by the `rule` that `errors` names."


class ActIn(Strict):
    reason: Reason = ""
    acknowledge: Acknowledged = Field(default_factory=dict, description=ACKNOWLEDGE)


class RecordIn(ActIn):
    fields: Values


class ChangeIn(Strict):
    action: Literal["create", "change", "archive", "restore", "delete"]
    id: RecordId | None = Field(None, description="Of the record; not for `create`.")
    version: Version | Literal["*"] | None = Field(
        None, description="The version that was changed, as If-Match says it; needed for `change`."
    )
    fields: Values = Field(default_factory=dict)
    ref: Annotated[str, Field(max_length=200, pattern=PLAIN)] | None = Field(
        None, description="Your own mark; it comes back."
    )
    acknowledge: Acknowledged = Field(default_factory=dict, description=ACKNOWLEDGE)


class BatchIn(Strict):
    changes: list[ChangeIn] = Field(min_length=1, max_length=MOST_CHANGES)
    partial: bool = Field(
        False, description="Make those that fit, and refuse the others. Else it is all or nothing."
    )
    reason: Reason = ""


class FaultOut(Schema):
    code: str
    message: str
    field: str | None = None
    place: str | None = None
    rule: str | None = None


class OutcomeOut(Schema):
    ref: str | None
    id: int | None
    version: int | None
    ok: bool
    written: bool = Field(description="False where there was nothing to change.")
    errors: list[FaultOut]


class BatchOut(Schema):
    ok: bool = Field(description="Whether every change was made.")
    outcomes: list[OutcomeOut] = Field(description="In the order of the changes.")
