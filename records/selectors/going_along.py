"""What archiving or deleting a record would do to others, told before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from records.access import Access
from records.gate.batch import Batch
from records.gate.removal import consequences
from records.selectors.reading import RecordView
from records.selectors.recent import visible_in_order

NAMED = 10


@dataclass(frozen=True)
class Others:
    """How many records, and those of them (a few) that the asker may see."""

    number: int
    named: list[RecordView]

    @property
    def more(self) -> int:
        return self.number - len(self.named)


@dataclass(frozen=True)
class GoingAlong:
    """`holding` keep it from going; `archived` go along; `cleared` lose their link to it."""

    holding: Others
    archived: Others
    cleared: Others


def going_along(record: RecordView, *, deleting: bool, access: Access) -> GoingAlong:
    found = consequences(Batch(access, "screen", []), [record.id], deleting=deleting)
    return GoingAlong(
        holding=_others((pk for pk, _f in found.holding.get(record.id, [])), access),
        archived=_others(found.archived, access),
        cleared=_others(found.cleared.get(record.id, []), access),
    )


def _others(ids: Iterable[int], access: Access) -> Others:
    unique = sorted(set(ids))
    return Others(len(unique), visible_in_order(unique[:NAMED], access=access))
