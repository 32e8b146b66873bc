"""Who follows events. Registered in `AppConfig.ready()`; called by a job after the commit, at least once,
so that a follower must bear being told twice."""

from collections.abc import Callable, Mapping, Sequence

from records.models import Event

Follower = Callable[[Sequence[Event]], None]

_followers: dict[str, Follower] = {}


def follow(name: str, follower: Follower) -> None:
    if name in _followers:
        raise RuntimeError(f"Two followers of events are called {name!r}.")
    _followers[name] = follower


def followers() -> Mapping[str, Follower]:
    return _followers
