"""Where something to do comes from, and what becomes of that once it is done: apps above know of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from records.access import Access


@dataclass(frozen=True)
class Origin:
    """In a few words, and where more of it is. `then` says what being done with it does; `asks` is what its reader
    is asked along with that, if anything; `source` and `pk` find it again."""

    source: str
    pk: int
    words: str
    url: str
    then: str = ""
    asks: str = ""


@dataclass(frozen=True)
class After:
    """What became of the origin; `url` and `ask` lead to what is still to be said of it."""

    words: str
    url: str = ""
    ask: str = ""


class Source(Protocol):
    def of(self, ids: Iterable[int], *, access: Access) -> Mapping[int, Origin]:
        """By record, of those that come from somewhere that `access` sees; one query for all."""

    def after(self, origin: Origin, record_id: int, words: str, *, access: Access) -> After:
        """Once the record is done: what became of the origin. `words` answer what it `asks`, or are empty."""


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


def after(origin: Origin, record_id: int, words: str, *, access: Access) -> After:
    return _sources[origin.source].after(origin, record_id, words, access=access)
