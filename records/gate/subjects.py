"""A record that is about to be made, or changed, as conditions ask it."""

from collections.abc import Sequence

from crm_config.definitions import Snapshot
from records.access.subjects import Pool, RecordSubject
from records.gate.draft import Draft
from records.gate.filling import fill
from records.models import Record


def subject_of(draft: Draft, snapshot: Snapshot) -> RecordSubject:
    """With all the values it has so far."""
    record = Record(type=draft.record_type.key, owner_id=draft.owner_id, team_id=draft.team_id)
    record.stage = draft.stage
    fill(draft, record)
    links = {
        f.key: draft.after[f.key]
        for f in draft.record_type.active
        if f.type.storage == "links" and f.key in draft.after
    }
    return RecordSubject(record, draft.record_type, Pool(snapshot), links)


def subjects_of(drafts: Sequence[Draft], snapshot: Snapshot) -> list[RecordSubject]:
    """Drafts as their records will stand; what is to be deleted or archived, as it stands. They share what
    conditions reach from them, each fetched once for all."""
    pool = Pool(snapshot)
    found = [_as_it_will_stand(draft, pool) for draft in drafts]
    pool.drafts.extend(found)
    pool.subjects.update({subject.id: subject for subject in found if subject.id is not None})
    return found


def _as_it_will_stand(draft: Draft, pool: Pool) -> RecordSubject:
    record = Record(type=draft.record_type.key)
    if draft.record is not None:
        for column in Record._meta.concrete_fields:
            setattr(record, column.attname, getattr(draft.record, column.attname))
    record.owner_id, record.team_id = draft.owner_id, draft.team_id
    record.stage = draft.stage
    fill(draft, record)
    links = {
        f.key: draft.after[f.key]
        for f in draft.record_type.active
        if f.type.storage == "links" and f.key in draft.after
    }
    return RecordSubject(record, draft.record_type, pool, links)
