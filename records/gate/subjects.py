"""A record that is about to be made, as conditions ask it."""

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
