"""When a record is erased, no address of it stays and nothing more goes out."""

from __future__ import annotations

from collections.abc import Sequence

from crm_config.definitions import Snapshot
from records.models import Event
from records.subscribers import Follower
from surveys.definitions import surveys_of
from surveys.sending.services import forget_erased


def tell(events: Sequence[Event]) -> None:
    if any(event.action == Event.Action.DELETED for event in events):
        forget_erased()


def wants(snapshot: Snapshot, record_type: str, keys: frozenset[str], action: str) -> bool:
    return action == "delete" and bool(surveys_of(snapshot))


FOLLOWER = Follower(tell, wants)
