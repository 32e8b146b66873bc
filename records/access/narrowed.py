"""The access of a user as far as a token of theirs lets it through."""

from __future__ import annotations

from dataclasses import dataclass, fields

from crm_config.definitions import TypeDef
from records.access.access import Access
from records.access.levels import HIDDEN, READ, WRITE
from records.token_scopes import NO_SCOPES, TokenScopes

READING = frozenset({"view", "export"})


@dataclass(frozen=True, eq=False)
class NarrowedAccess(Access):
    """What the token leaves out does not exist for whoever comes in with it."""

    token: TokenScopes = NO_SCOPES

    @classmethod
    def to(cls, access: Access, token: TokenScopes) -> NarrowedAccess:
        given = {f.name: getattr(access, f.name) for f in fields(Access)}
        return cls(**given, token=token)

    def lets_through(self, record_type: TypeDef, action: str) -> bool:
        passes = self.token.reads if action in READING else self.token.writes
        return bool(passes(record_type.key))

    def most(self, record_type: TypeDef) -> int:
        if self.token.writes(record_type.key):
            return WRITE
        return READ if self.token.reads(record_type.key) else HIDDEN
