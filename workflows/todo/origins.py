"""Where something to do comes from, and what becomes of that once it is done: apps above know of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from records.access import Access


@dataclass(frozen=True)
class Origin:
    """In a few words, and where more of it is. `then` says what being done with it does."""

    words: str
    url: str
    then: str = ""


@dataclass(frozen=True)
class After:
    """What became of the origin; `url` and `ask` lead to what is still to be said of it."""

    words: str
    url: str = ""
    ask: str = ""


class Source(Protocol):
    def of(self, ids: Iterable[int], *, access: Access) -> Mapping[int, Origin]:
        """By record, of those that come from somewhere that `access` sees; one query for all."""

    def after(self, record_id: int, *, access: Access) -> After | None:
        """Asked once the record is done."""


_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """In `AppConfig.ready()`. Raises `RuntimeError` for a name that is taken."""
    if name in _sources:
        raise RuntimeError(f"Two sources of origins are called {name!r}.")
    _sources[name] = source


def origins(ids: Iterable[int], *, access: Access) -> Mapping[int, Origin]:
    wanted = list(ids)
    found: dict[int, Origin] = {}
    for source in _sources.values() if wanted else ():
        found.update(source.of(wanted, access=access))
    return found


def after(record_id: int, *, access: Access) -> After | None:
    told = (source.after(record_id, access=access) for source in _sources.values())
    return next((each for each in told if each is not None), None)
