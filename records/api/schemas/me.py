"""Whoever calls, in answers."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class UserOut(Schema):
    id: int
    username: str
    name: str


class NamedOut(Schema):
    key: str
    label: str


class TeamOut(Schema):
    id: int
    name: str
    lead: bool


class TokenOut(Schema):
    name: str
    prefix: str
    scopes: list[str]
    expires_at: datetime | None


class CompanyOut(Schema):
    name: str
    time_zone: str
    base_currency: str
    languages: list[str]


class MeOut(Schema):
    user: UserOut
    roles: list[NamedOut]
    teams: list[TeamOut]
    token: TokenOut | None = Field(description="Null for a session.")
    company: CompanyOut
    config_version: int = Field(description="Of the published configuration that answers.")
