"""What else is known of consents: apps above that keep them say it, in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

#: The last word of each record's person on a purpose; records without any are left out.
Source = Callable[[Sequence[int], str], Mapping[int, bool]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    if name in _sources:
        raise RuntimeError(f"Two sources of consents call themselves {name!r}.")
    _sources[name] = source


def given(record_ids: Sequence[int], purpose: str) -> dict[int, bool]:
    """Where two sources disagree, the no holds."""
    found: dict[int, bool] = {}
    for source in _sources.values() if record_ids else ():
        for pk, said in source(record_ids, purpose).items():
            found[pk] = said and found.get(pk, True)
    return found
