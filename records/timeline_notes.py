"""What a record's timeline tells beside its events: apps that keep something about records register how."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from records.selectors.reading import RecordView


@dataclass(frozen=True)
class Note:
    """`who` did `what`; `words` were said with it. `url` leads to more, for whoever may see it."""

    at: datetime
    who: str
    what: str
    words: str = ""
    url: str = ""


#: Given a record as its reader sees it, all that is to be told, in any order.
Source = Callable[[RecordView], Iterable[Note]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """In `AppConfig.ready()`."""
    if name in _sources:
        raise RuntimeError(f"“{name}” tells something already.")
    _sources[name] = source


def told(view: RecordView, *, after: datetime | None, before: datetime | None) -> list[Note]:
    """The newest first; None: without an end on that side."""
    notes = [note for source in _sources.values() for note in source(view)]
    inside = [
        n for n in notes if (after is None or n.at > after) and (before is None or n.at <= before)
    ]
    return sorted(inside, key=lambda note: note.at, reverse=True)


def moment(entry: Any) -> datetime:
    """Of a note, or of an entry that tells of an event."""
    at: datetime = entry.at if isinstance(entry, Note) else entry.event.at
    return at
