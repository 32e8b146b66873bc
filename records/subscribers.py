"""Who follows events. Registered in `AppConfig.ready()`; called by a job after the commit, at least once,
so that a follower must bear being told twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from crm_config.definitions import Snapshot
from records.models import Event


def everything(snapshot: Snapshot, record_type: str, keys: frozenset[str], action: str) -> bool:
    return True


@dataclass(frozen=True)
class Follower:
    """`wants` is asked while the change is made, so that writes nobody follows need no job: whether changes
    of these keys of a type, by this kind of change (create, change, archive, …), concern it."""

    tell: Callable[[Sequence[Event]], None]
    wants: Callable[[Snapshot, str, frozenset[str], str], bool] = everything


_followers: dict[str, Follower] = {}


def follow(name: str, follower: Follower) -> None:
    if name in _followers:
        raise RuntimeError(f"Two followers of events are called {name!r}.")
    _followers[name] = follower


def followers() -> Mapping[str, Follower]:
    return _followers
