"""What archiving or deleting a record would do to others, told before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from records.access import Access
from records.gate.batch import Batch
from records.gate.pointing import Pointing, seen, sources
from records.gate.removal import consequences
from records.selectors.reading import RecordView
from records.selectors.recent import visible_in_order

NAMED = 10


@dataclass(frozen=True)
class Others:
    """The records that the asker may see: how many, and a few of them. Of others, only whether there are any."""

    number: int
    named: list[RecordView]
    unseen: bool

    @property
    def more(self) -> int:
        return self.number - len(self.named)

    @property
    def any(self) -> bool:
        return bool(self.number) or self.unseen


@dataclass(frozen=True)
class GoingAlong:
    """`holding` keep it from going; `archived` go along; `cleared` lose their link to it."""

    holding: Others
    archived: Others
    cleared: Others


def going_along(record: RecordView, *, deleting: bool, access: Access) -> GoingAlong:
    found = consequences(Batch(access, "screen", []), [record.id], deleting=deleting)
    return GoingAlong(
        holding=_others(found.holding.get(record.id, []), access),
        archived=_others(found.archived.get(record.id, []), access),
        cleared=_others(found.cleared.get(record.id, []), access),
    )


def _others(pointing: Sequence[Pointing], access: Access) -> Others:
    told = seen(pointing, access) if pointing else []
    ids = sources(told)
    named = visible_in_order(ids[:NAMED], access=access)
    return Others(len(ids), named, unseen=len(told) < len(pointing))
