"""The access of a user as far as a token of theirs lets it through."""

from __future__ import annotations

from dataclasses import dataclass, fields

from crm_config.definitions import FieldDef, TypeDef
from records.access.access import HIDDEN, READ, WRITE, Access
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

    def scopes(self, record_type: TypeDef, action: str) -> frozenset[str]:
        let_through = self.token.reads if action in READING else self.token.writes
        return super().scopes(record_type, action) if let_through(record_type.key) else frozenset()

    def _own_level(self, record_type: TypeDef, f: FieldDef) -> int:
        return min(super()._own_level(record_type, f), self._most(record_type))

    def _most(self, record_type: TypeDef) -> int:
        if self.token.writes(record_type.key):
            return WRITE
        return READ if self.token.reads(record_type.key) else HIDDEN
