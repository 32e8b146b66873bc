"""What a source of items must be able to do, and the register of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from records.access import Access
from workflows.todo.items import Item

#: Of one type; who has more than this is shown those that came up last, and today's among them.
MOST = 200


@dataclass(frozen=True)
class Asked:
    """Whose items are meant, as far as `access` sees them, and up to which moment."""

    access: Access
    user: int
    until: datetime


class Source(Protocol):
    """`key` is the kind of its items."""

    key: str

    def items(self, asked: Asked) -> Sequence[Item]:
        """A number of queries that does not grow with the number of records."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    if source.key in _sources:
        raise RuntimeError(f"Two sources of items call themselves {source.key!r}.")
    _sources[source.key] = source


def sources() -> list[Source]:
    return list(_sources.values())
