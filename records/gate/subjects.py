"""Drafts as conditions ask them: records as they are about to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import copy

from crm_config.definitions import Snapshot
from records.access.subjects import KEPT, Pool, RecordSubject
from records.gate.draft import STAGE, Draft
from records.gate.filling import fill
from records.models import Record

#: By link field, all that drafts link to.
Targets = dict[str, set[int]]


class DraftPool(Pool):
    """What the drafts of a batch link to is fetched for all of them at once."""

    def __init__(self, snapshot: Snapshot, targets: Targets) -> None:
        super().__init__(snapshot)
        self.targets = targets

    def reach(self, key: str, ids: Iterable[int]) -> None:
        super().reach(key, {*ids, *self.targets.get(key, ())} - self.subjects.keys())


def subject_of(draft: Draft, snapshot: Snapshot) -> RecordSubject:
    """With all the values it has so far."""
    return subjects_of([draft], snapshot)[draft]


def subjects_of(drafts: Iterable[Draft], snapshot: Snapshot) -> dict[Draft, RecordSubject]:
    """Of many, in one pool."""
    some = list(drafts)
    links = {draft: _links(draft) for draft in some}
    targets: Targets = defaultdict(set)
    for held in links.values():
        for key, ids in held.items():
            targets[key].update(ids)
    pool = DraftPool(snapshot, targets)
    found = {
        draft: RecordSubject(_row(draft), draft.record_type, pool, links[draft]) for draft in some
    }
    pool.subjects.update({s.record.pk: s for s in found.values() if s.record.pk is not None})
    return found


def _links(draft: Draft) -> dict[str, tuple[int, ...]]:
    return {
        f.key: draft.after[f.key]
        for f in draft.record_type.active
        if f.type.storage == "links" and f.key in draft.after
    }


def _row(draft: Draft) -> Record:
    """A row that is never written: the stored one stays as it is until the gate writes it."""
    if draft.record is None:
        row = Record(type=draft.record_type.key)
    else:
        row = copy(draft.record)
        row.__dict__.pop(KEPT, None)
    fill(draft, row)
    row.owner_id, row.team_id = draft.owner_id, draft.team_id
    if STAGE in draft.record_type.system:
        row.stage = draft.stage
    return row
