"""Approvals as programs ask for them, and are told about them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from records.api.schemas.base import PLAIN, RecordId, Strict, Values, Version
from records.api.schemas.history import ActorOut, FieldChangeOut
from records.api.schemas.writing import ACKNOWLEDGE, Acknowledged
from workflows.approvals.forms import LONGEST

Comment = Annotated[str, Field(max_length=LONGEST, pattern=PLAIN)]


class ApprovalsQuery(Schema):
    which: Literal["waiting", "asked", "ended"] = Field(
        "waiting",
        description="`waiting` for your word, `asked` for by you and open, or `ended`.",
    )


class AskIn(Strict):
    """A change as it would be written, were nobody to be asked."""

    action: Literal["create", "change", "archive", "delete"] = "change"
    type: Annotated[str, Field(max_length=50, pattern=PLAIN)]
    id: RecordId | None = Field(None, description="Of the record; not for `create`.")
    version: Version | None = Field(None, description="The version that was changed.")
    fields: Values = Field(default_factory=dict)
    comment: Comment = Field("", description="Why: those who decide read it.")
    acknowledge: Acknowledged = Field(default_factory=dict, description=ACKNOWLEDGE)


class DecisionIn(Strict):
    verdict: Literal["yes", "no"]
    comment: Comment = Field("", description="Whoever refuses says why.")


class ApprovalOut(Schema):
    id: int
    process: str
    label: str
    type: str
    record: int | None = Field(description="Null for a new record, and for one you may not see.")
    title: str = Field(description="Empty where there is no record that you may see.")
    action: str
    state: str
    requester: ActorOut | None
    comment: str
    asked_at: datetime
    ended_at: datetime | None
    people: str = Field(description="Whose word is awaited.")


class ApprovalsOut(Schema):
    approvals: list[ApprovalOut]


class VoteOut(Schema):
    user: ActorOut
    verdict: str = Field(description="Empty while it is awaited.")
    comment: str
    by: ActorOut | None = Field(description="Who said it, where it was somebody standing in.")
    at: datetime | None


class StepOut(Schema):
    label: str
    state: str
    due_at: datetime | None
    votes: list[VoteOut]


class ApprovalDetailOut(ApprovalOut):
    changes: list[FieldChangeOut] = Field(description="Of fields that you may read.")
    hidden: bool = Field(description="Whether it is about more than you may read.")
    steps: list[StepOut]
    reasons: list[str] = Field(description="Why it could not be carried out.")
    may_decide: bool
    may_withdraw: bool
