"""`live()`: the newest published configuration, compiled, as frozen values.

One cheap query reads the version and pins the snapshot for a request or a job; compiled snapshots are kept
by version, so no process can serve an older one for a newer, and no message has to reach anybody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from crm_config.compiler import compile_payload
from crm_config.definitions import CompanyDef, Snapshot
from crm_config.models import ConfigSnapshot, TypeNumber

_pinned: ContextVar[Snapshot | None] = ContextVar("pinned_snapshot", default=None)
_lazy: ContextVar[bool] = ContextVar("pin_at_first_use", default=False)

NOTHING_PUBLISHED = Snapshot(0, CompanyDef(), {}, {}, {})


def live() -> Snapshot:
    """The pinned snapshot; outside `pinned()`, the newest one at this moment."""
    snapshot = _pinned.get()
    if snapshot is None:
        snapshot = newest()
        if _lazy.get():
            _pinned.set(snapshot)
    return snapshot


def newest() -> Snapshot:
    """One query, where this process has met the version before."""
    row = ConfigSnapshot.objects.order_by("-version").values_list("version", "digest").first()
    return _compiled(*row) if row else NOTHING_PUBLISHED


@lru_cache(maxsize=8)
def _compiled(version: int, digest: str) -> Snapshot:
    """Keyed by digest too: test databases reuse version numbers."""
    row = ConfigSnapshot.objects.only("payload", "stored_keys").get(version=version)
    return compile_payload(
        row.payload, version=version, numbers=numbers(), stored_keys=row.stored_keys
    )


def at(version: int) -> Snapshot:
    """What was published as that version, compiled: to read what was written under it."""
    digest = ConfigSnapshot.objects.values_list("digest", flat=True).get(version=version)
    return _compiled(version, digest)


def forget() -> None:
    """For whoever writes versions: one that is rolled back may give its number to another."""
    _compiled.cache_clear()


def numbers() -> dict[str, int]:
    return dict(TypeNumber.objects.values_list("key", "number"))


@contextmanager
def pinned(snapshot: Snapshot | None = None) -> Iterator[Snapshot]:
    """Hold one snapshot for a unit of work: a request, a job, a batch."""
    chosen = snapshot or newest()
    token = _pinned.set(chosen)
    try:
        yield chosen
    finally:
        _pinned.reset(token)


def hold(version: int, digest: str) -> None:
    """Pin the newest version where it was read along with something else: inside `lazily_pinned()`,
    unless one is held already."""
    if _lazy.get() and _pinned.get() is None:
        _pinned.set(_compiled(version, digest))


@contextmanager
def lazily_pinned() -> Iterator[None]:
    """Hold the snapshot that the first question in here gets. Requests that ask nothing query nothing."""
    lazy, token = _lazy.set(True), _pinned.set(None)
    try:
        yield
    finally:
        _pinned.reset(token)
        _lazy.reset(lazy)
