"""Explanations in answers."""

from __future__ import annotations

from typing import Literal

from ninja import Schema
from pydantic import Field

from records.api.schemas.lists import Text

Action = Literal[
    "view", "create", "change", "delete", "transition", "assign", "export", "import", "share"
]


class ExplainQuery(Schema):
    action: Action = "view"
    user: Text = Field("", description="User name or id: for administrators; oneself by default.")
    stage: Text = Field("", description="Of `transition`: only the move to this stage.")
    field: Text = Field("", description="Of `view` and `change` of a record: only this field.")


class PartOut(Schema):
    kind: str
    words: str
    verdict: bool
    saw: str = Field(description="What was looked at, as far as you may see it.")
    parts: list[PartOut]


class RemedyOut(Schema):
    kind: str = Field(description="`share`, `scope`, `grant`, `field`, `role` or `restore`.")
    words: str
    level: str
    role: str
    grants: dict[str, str] = Field(description="The scope by action.")


class ExplanationOut(Schema):
    user: str
    action: str
    type: str
    record: int | None
    field: str
    verdict: bool
    words: str
    parts: list[PartOut]
    remedies: list[RemedyOut] = Field(description="What would make it a yes, the least first.")
    further: list[PartOut] = Field(
        description="What decides besides the rights: of `transition` each move, with all that it meets."
    )
