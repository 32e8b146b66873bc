"""What a token may do, out of what its user may: read or write, everywhere or with some record types.

A scope is `read` or `write`, alone or followed by a colon and the key of a record type: `write:deal`.
Writing includes reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from crm_config.keys import is_key

Verb = Literal["read", "write"]
VERBS: tuple[Verb, ...] = ("read", "write")
EVERY_TYPE = "*"


class BadScope(ValueError):
    """A text that is no scope."""


@dataclass(frozen=True)
class TokenScopes:
    """`read` and `write` hold keys of record types, or `*` for all of them."""

    read: frozenset[str]
    write: frozenset[str]

    def reads(self, type_key: str) -> bool:
        return not self.read.isdisjoint((EVERY_TYPE, type_key)) or self.writes(type_key)

    def writes(self, type_key: str) -> bool:
        return not self.write.isdisjoint((EVERY_TYPE, type_key))


NO_SCOPES = TokenScopes(frozenset(), frozenset())


def parse(texts: Iterable[str]) -> TokenScopes:
    """Raises `BadScope`."""
    found: dict[str, set[str]] = {verb: set() for verb in VERBS}
    for text in texts:
        verb, colon, key = text.partition(":")
        if verb not in found or (colon and not is_key(key)):
            raise BadScope(text)
        found[verb].add(key or EVERY_TYPE)
    return TokenScopes(frozenset(found["read"]), frozenset(found["write"]))


def texts(verb: Verb, type_keys: Iterable[str] = ()) -> list[str]:
    """The scopes of a verb for some types; for all when none are named."""
    return sorted(f"{verb}:{key}" for key in type_keys) or [verb]
