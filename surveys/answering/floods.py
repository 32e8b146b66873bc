"""Who goes on and on after having been refused: told so without a question to the database, so that others are still
answered. Each process of the server remembers for itself, and forgets within a minute."""

from __future__ import annotations

import time

#: So many refusals within so many seconds; fewer are people who share a network and try again.
REFUSALS = 20
SECONDS = 60.0
#: Of so many senders at most; beyond it, it begins anew.
MOST = 10_000

#: By sender and address: since when, by a clock that nobody puts back, and how often.
_refused: dict[tuple[str, str], tuple[float, int]] = {}


def note(sender: str, token: str) -> None:
    """It was refused once more."""
    now = time.monotonic()
    since, times = _refused.get((sender, token), (now, 0))
    if now - since > SECONDS:
        since, times = now, 0
    if len(_refused) >= MOST:
        _refused.clear()
    _refused[(sender, token)] = (since, times + 1)


def is_one(sender: str, token: str) -> bool:
    since, times = _refused.get((sender, token), (0.0, 0))
    return times >= REFUSALS and time.monotonic() - since <= SECONDS


def forget() -> None:
    _refused.clear()
