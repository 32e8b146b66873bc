"""After a commit: which other records' computed fields read what was written, and their recomputation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from crm_config.definitions import FieldDef, Snapshot
from crm_config.dependencies import direct_dependencies, is_reverse
from crm_config.live import live
from records.models import Event, RecordLink
from records.services import recompute

CHUNK = 500
#: Changes that leave the record as it is.
SHARING = frozenset({"share", "unshare"})

#: Events after which a record begins or ceases to count.
APPEARS = frozenset(
    {Event.Action.CREATED, Event.Action.ARCHIVED, Event.Action.RESTORED, Event.Action.DELETED}
)


def recompute_dependents(events: Sequence[Event]) -> None:
    """A follower of events. Repeating it changes nothing: values that come out the same are not written."""
    snapshot = live()
    ids = sorted(dependents(events, snapshot))
    for start in range(0, len(ids), CHUNK):
        recompute(ids[start : start + CHUNK], snapshot=snapshot)


def concerned(snapshot: Snapshot, record_type: str, keys: frozenset[str], action: str) -> bool:
    """Whether anything computed elsewhere reads such a change."""
    if action in SHARING:
        return False
    readers = _readers(snapshot).get(record_type, ())
    return any(action != "change" or reads & keys for _link, reads, _reverse in readers) or (
        action == "restore"
    )


def dependents(events: Iterable[Event], snapshot: Snapshot) -> set[int]:
    """The records, other than those written, that something computed reads the written ones for."""
    ahead: dict[str, set[int]] = defaultdict(set)
    found: set[int] = set()
    for event in events:
        for link, reads, reverse in _readers(snapshot).get(event.type, ()):
            if event.action not in APPEARS and not reads & event.changes.keys():
                continue
            if reverse:
                found |= _pointed_at(event, link.key)
                ahead[link.key].add(event.record_id)
            elif event.action != Event.Action.DELETED:
                found |= _pointing(event.record_id, link)
        if event.action == Event.Action.RESTORED:
            found.add(event.record_id)
    for key, sources in ahead.items():
        rows = RecordLink.objects.filter(field=key, source__in=sources)
        found.update(rows.values_list("target", flat=True))
    return found


def _pointed_at(event: Event, key: str) -> set[int]:
    """What the record's link pointed at before or points at after the event."""
    sides: list[Any] = event.changes.get(key) or []
    return {target for side in sides for target in side or ()}


def _pointing(record_id: int, link: FieldDef) -> set[int]:
    rows = RecordLink.objects.filter(
        field=link.key, target=record_id, source__type=link.record_type
    )
    return set(rows.values_list("source", flat=True))


#: The link between, the keys of the written type that are read, and whether the link is the written type's.
Reader = tuple[FieldDef, frozenset[str], bool]


@lru_cache(maxsize=8)
def _readers(snapshot: Snapshot) -> dict[str, tuple[Reader, ...]]:
    """By written type, who must be recomputed."""
    found: dict[str, list[Reader]] = defaultdict(list)
    for record_type in snapshot.active_types:
        for f in record_type.active:
            if not f.type.computed or f.type.key == "auto_number":
                continue
            reads: dict[str, set[str]] = defaultdict(set)
            for type_key, key in direct_dependencies(f, snapshot.types):
                reads[type_key].add(key)
            for link, type_key, reverse in _links(f, snapshot):
                found[type_key].append((link, frozenset(reads[type_key]), reverse))
    return {key: tuple(readers) for key, readers in found.items()}


def _links(f: FieldDef, snapshot: Snapshot) -> Iterable[tuple[FieldDef, str, bool]]:
    """The links over which a computed field reads: the link, the type at its far end, and which way."""
    own = snapshot.types[f.record_type].fields
    keys = {
        key for type_key, key in direct_dependencies(f, snapshot.types) if type_key == f.record_type
    }
    for key in keys:
        link = own.get(key)
        if link is not None and link.type.key == "link":
            yield from ((link, target, False) for target in link.options.get("targets", ()))
    if f.type.key == "rollup" and f.options.get("relation") not in own:
        for other in snapshot.active_types:
            for link in other.active:
                if is_reverse(link, str(f.options.get("relation")), f.record_type):
                    yield link, other.key, True
