"""Which kinds of job exist, who handles them, and which of them recur.

An app puts its handlers into its `tasks` module, which is imported when Django starts:

    @job("records.reindex", label=_("Rebuild indexes"))
    def reindex(run: JobRun) -> None: ...

    periodic("records.reindex", every=timedelta(days=1))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from jobs.errors import DuplicateKind, UnknownKind

if TYPE_CHECKING:
    from jobs.runs import JobRun

Handler = Callable[["JobRun"], Any]

SHORTEST_PERIOD = timedelta(minutes=1)
LONGEST_PERIOD = timedelta(minutes=32767)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of job. An `atomic` one commits its effects and its "done" together, so that it takes
    effect exactly once; any other may be begun again, and resumes from its last `checkpoint`."""

    kind: str
    handler: Handler
    label: str | Promise
    max_attempts: int
    atomic: bool
    timeout: int | None


_kinds: dict[str, Kind] = {}
_periods: dict[str, timedelta] = {}


def job(
    kind: str,
    *,
    max_attempts: int = 3,
    label: str | Promise = "",
    atomic: bool = False,
    timeout: int | None = None,
) -> Callable[[Handler], Handler]:
    """Register the decorated function as the handler of `kind`. It returns JSON, or nothing.

    Raises DuplicateKind when another function has taken the name.
    """

    def register(handler: Handler) -> Handler:
        if kind in _kinds:
            taken = _kinds[kind].handler
            raise DuplicateKind(
                f"Job kind {kind!r} is handled by {taken.__module__}.{taken.__qualname__}; "
                f"give {handler.__module__}.{handler.__qualname__} another name."
            )
        _kinds[kind] = Kind(
            kind=kind,
            handler=handler,
            label=label or kind,
            max_attempts=max_attempts,
            atomic=atomic,
            timeout=timeout,
        )
        return handler

    return register


def get(kind: str) -> Kind:
    """The registered kind. Raises UnknownKind."""
    try:
        return _kinds[kind]
    except KeyError:
        known = ", ".join(sorted(_kinds)) or "none"
        raise UnknownKind(f"No handler for job kind {kind!r}. Registered: {known}.") from None


def label_of(kind: str) -> str:
    """How people call this kind; the bare kind when it is not registered any more."""
    return str(_kinds[kind].label) if kind in _kinds else kind


def kinds() -> dict[str, Kind]:
    return dict(_kinds)


def periodic(kind: str, *, every: timedelta) -> None:
    """Start a job of this kind, without arguments, again and again. Whole minutes, from 1 to 32,767."""
    if not SHORTEST_PERIOD <= every <= LONGEST_PERIOD or every % SHORTEST_PERIOD:
        raise ValueError(f"{kind!r} recurs every {every}: use whole minutes, from 1 to 32,767.")
    if kind in _periods:
        raise DuplicateKind(f"{kind!r} recurs already, every {_periods[kind]}.")
    _periods[kind] = every


def periods() -> dict[str, timedelta]:
    """How often each recurring kind recurs. Raises UnknownKind for one without a handler."""
    for kind in _periods:
        get(kind)
    return dict(_periods)
