"""What else decides about an action besides the rights, as apps above know it: they add it here, in
`AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from records.access import Access
from records.explain.tree import Part
from records.models import Record

#: Given the record, who would act, who is told, and what the question is narrowed to (empty: nothing).
Further = Callable[[Record, Access, Access, str], Sequence[Part]]

_registered: dict[str, Further] = {}


def register(action: str, further: Further) -> None:
    if action in _registered:
        raise RuntimeError(f"Two parts explain {action!r} further: only one can.")
    _registered[action] = further


def further(
    action: str, record: Record | None, *, access: Access, viewer: Access, to: str
) -> Sequence[Part]:
    """Nothing for a whole type, and for a record that whoever is told does not see."""
    found = _registered.get(action)
    if found is None or record is None:
        return ()
    record_type = viewer.snapshot.types[record.type]
    if not viewer.allows("view", record, record_type):
        return ()
    return found(record, access, viewer, to)
