"""A record as it was after an event, and before it, told from what the event kept."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from crm_config.conditions.api import Subject
from crm_config.definitions import TypeDef
from records.access.subjects import Pool, RecordSubject
from records.conversions.history import read_back
from records.gate.change import Change
from records.gate.draft import Draft, stored_values
from records.gate.filling import fill
from records.models import Event, Record
from workflows import finding

Links = Mapping[str, tuple[int, ...]]


class Remembered(RecordSubject):
    """With the links of that moment, as far as the event speaks of them."""

    def __init__(self, record: Record, record_type: TypeDef, pool: Pool, links: Links) -> None:
        super().__init__(record, record_type, pool)
        self.told = links

    def linked(self, key: str) -> Sequence[Subject]:
        if key not in self.told:
            return super().linked(key)
        ids = self.told[key]
        missing = [pk for pk in ids if pk not in self.pool.subjects]
        if missing:
            self.pool.add(finding.by_ids(missing))
        return [self.pool.subjects[pk] for pk in ids if pk in self.pool.subjects]


def after(event: Event, record: Record, record_type: TypeDef, pool: Pool, links: Links) -> Subject:
    return _at(event, record, record_type, pool, links, 1)


def before(
    event: Event, record: Record, record_type: TypeDef, pool: Pool, links: Links
) -> Subject | None:
    """None of a record that the event tells the making of."""
    if event.action == Event.Action.CREATED:
        return None
    return _at(event, record, record_type, pool, links, 0)


def _at(
    event: Event, record: Record, record_type: TypeDef, pool: Pool, links: Links, side: int
) -> Subject:
    row = copy.copy(record)
    row.data, row.long_data, row.norm = dict(record.data), dict(record.long_data), dict(record.norm)
    draft = Draft(Change("change", id=record.pk), record_type, record)
    draft.after = stored_values(record_type, record, links)
    told: dict[str, tuple[int, ...]] = {}
    for key, pair in event.changes.items():
        f = record_type.all_fields.get(key)
        if f is None:
            continue
        value: Any = read_back(f, pair[side], event.config_version)[1]
        draft.given.add(key)
        draft.put(key, value)
        if f.type.storage == "links" and not f.column:
            told[key] = tuple(value or ())
    fill(draft, row)
    row.owner_id, row.team_id = draft.owner_id, draft.team_id
    if "stage" in record_type.system:
        row.stage = draft.stage
    return Remembered(row, record_type, pool, told)
