"""How many records are in a query, and some of them. Each query is asked once, however many ask it: those for
changing, deleting and exporting are often the same. One question each, for an index answers most of them: one
scan for many would read every record for each of them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from django.db.models import Q

from crm_config.definitions import TypeDef
from records.models import Record
from records.models.record import RecordQuerySet
from records.simulation.sets import mark_of

SAMPLES = 5


def rows(record_type: TypeDef) -> RecordQuerySet:
    """What lists show: archived records are left out."""
    return Record.unscoped.of(record_type).filter(archived_at=None).order_by()


@dataclass(frozen=True, eq=False)
class Found:
    """The queries are kept along, so that a mark stays theirs."""

    query: Q
    count: int
    samples: tuple[int, ...]


@dataclass(eq=False)
class Counter:
    record_type: TypeDef
    _known: dict[Hashable, Found] = field(default_factory=dict)

    def of(self, q: Q) -> Found:
        mark = mark_of(q)
        if mark not in self._known:
            self._known[mark] = self._ask(q)
        return self._known[mark]

    def _ask(self, q: Q) -> Found:
        found = rows(self.record_type).filter(q)
        some = list(found.order_by("pk").values_list("pk", flat=True)[: SAMPLES + 1])
        count = found.count() if len(some) > SAMPLES else len(some)
        return Found(q, count, tuple(some[:SAMPLES]))
