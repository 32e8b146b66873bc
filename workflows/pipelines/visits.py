"""How long a record was in each stage, out of its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from records.models import Event, Record


@dataclass(frozen=True)
class Visit:
    stage: str
    since: datetime
    until: datetime | None = None


def visits(record: Record) -> list[Visit]:
    """In the order of time; the last has no end. One query."""
    rows = Event.objects.filter(record_id=record.pk, changes__has_key="stage").order_by("id")
    return told(rows.values_list("at", "changes"))


def told(events: Iterable[tuple[datetime, Mapping[str, Any]]]) -> list[Visit]:
    found: list[Visit] = []
    for at, changes in events:
        stage = changes["stage"][1]
        if found:
            found[-1] = Visit(found[-1].stage, found[-1].since, at)
        if stage:
            found.append(Visit(stage, at))
    return found


def time_in(found: Iterable[Visit], now: datetime) -> dict[str, timedelta]:
    """All visits of a stage together."""
    spent: dict[str, timedelta] = defaultdict(timedelta)
    for visit in found:
        spent[visit.stage] += (visit.until or now) - visit.since
    return dict(spent)
