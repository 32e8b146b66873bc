"""The drafts that nothing refused become rows, links, unique values and events. Few statements for any
number of records; the caller holds the transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from records.conversions.history import kept_former
from records.gate import bulk, search_index, uniques
from records.gate.batch import Batch
from records.gate.draft import STAGE, Draft, dumped
from records.gate.filling import fill
from records.gate.handover import is_followed
from records.models import Event, Record, RecordLink, UniqueValue
from records.partitions import next_ids

CHUNK = 1000

WRITTEN = (
    "title",
    "owner",
    "team",
    "modified_at",
    "modified_by",
    "version",
    "data",
    "long_data",
    "norm",
    "archived_at",
    "stage",
    "stage_entered_at",
)


def write(batch: Batch) -> None:
    """Deletions are written by `records.gate.removal`, before this."""
    creates = batch.sound("create")
    changes = [d for d in batch.sound("change") if d.changed()]
    switches = [d for d in batch.sound("archive", "restore") if _switches(d)]
    _insert(batch, creates)
    _update(batch, changes)
    for draft in switches:
        _switch(batch, draft)
    rows = [d.record for d in (*changes, *switches) if d.record is not None]
    if rows:
        save(rows)
    touched = [*creates, *changes]
    _write_links(touched)
    _write_uniques(touched)
    search_index.refresh(touched)
    _write_events(batch, [*touched, *switches])
    for draft in (*touched, *switches):
        draft.outcome.written = True


def save(rows: Sequence[Record], columns: Sequence[str] = WRITTEN) -> None:
    """Write columns of rows that exist and are held. As an insert that always meets its row: `bulk_update` takes
    twenty times as long, for it makes a CASE of every value."""
    Record.unscoped.bulk_create(
        rows, batch_size=CHUNK, update_conflicts=True, unique_fields=["id"], update_fields=columns
    )


def _switches(draft: Draft) -> bool:
    archived = draft.record is not None and draft.record.archived_at is not None
    return archived == (draft.action == "restore")


def _fill(batch: Batch, draft: Draft, record: Record) -> None:
    fill(draft, record)
    record.owner_id, record.team_id = draft.owner_id, draft.team_id
    if draft.stage != record.stage and STAGE in draft.record_type.system:
        record.stage, record.stage_entered_at = draft.stage, batch.now
    if not batch.recomputes:
        # A new sum is nobody's edit: the list of what was modified last stays that of people's work.
        record.modified_at, record.modified_by_id = batch.now, batch.access.user_id


def _insert(batch: Batch, drafts: Sequence[Draft]) -> None:
    by_type: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_type[draft.record_type.key].append(draft)
    rows = []
    for some in by_type.values():
        for draft, pk in zip(some, next_ids(some[0].record_type, len(some)), strict=True):
            draft.record = Record(
                pk=pk,
                type=draft.record_type.key,
                created_at=batch.now,
                created_by_id=batch.access.user_id,
            )
            _fill(batch, draft, draft.record)
            rows.append(draft.record)
            draft.outcome.id, draft.outcome.version = pk, 1
            draft.outcome.changed = draft.changed()
    bulk.insert_all(rows)


def _update(batch: Batch, drafts: Iterable[Draft]) -> None:
    for draft in drafts:
        if draft.record is not None:
            _fill(batch, draft, draft.record)
            draft.record.version += 1
            draft.outcome.version = draft.record.version
            draft.outcome.changed = draft.changed() | draft.converted


def _switch(batch: Batch, draft: Draft) -> None:
    if draft.record is not None:
        draft.record.archived_at = batch.now if draft.action == "archive" else None
        draft.record.modified_at, draft.record.modified_by_id = batch.now, batch.access.user_id
        draft.record.version += 1
        draft.outcome.version = draft.record.version
        draft.outcome.changed = frozenset({"archived_at"})


def _write_links(drafts: Iterable[Draft]) -> None:
    gone: dict[str, list[int]] = defaultdict(list)
    fresh: list[tuple[int, str, int, int]] = []
    for draft in drafts:
        for key in draft.outcome.changed:
            f = draft.record_type.fields.get(key)
            if f is None or f.type.storage != "links" or draft.outcome.id is None:
                continue
            if key in draft.before:
                gone[key].append(draft.outcome.id)
            fresh.extend(
                (draft.outcome.id, key, target, place)
                for place, target in enumerate(draft.after.get(key, ()))
            )
    for key, sources in gone.items():
        RecordLink.objects.filter(field=key, source__in=sources).delete()
    bulk.insert(RecordLink, ("source_id", "field", "target_id", "position"), fresh)


def _write_uniques(drafts: Iterable[Draft]) -> None:
    gone: dict[str, list[int]] = defaultdict(list)
    fresh: list[tuple[int, str, str, str]] = []
    for draft in drafts:
        for f in uniques.unique_fields(draft):
            if f.key not in draft.outcome.changed or draft.outcome.id is None:
                continue
            if f.key in draft.before:
                gone[f.key].append(draft.outcome.id)
            key = uniques.unique_key(draft, f)
            if key is not None:
                fresh.append((draft.outcome.id, *key))
    for field_key, owners in gone.items():
        UniqueValue.objects.filter(field=field_key, record__in=owners).delete()
    bulk.insert(UniqueValue, ("record_id", "type", "field", "value"), fresh)


ACTIONS = {
    "create": Event.Action.CREATED,
    "change": Event.Action.CHANGED,
    "archive": Event.Action.ARCHIVED,
    "restore": Event.Action.RESTORED,
}


def _write_events(batch: Batch, drafts: Iterable[Draft]) -> None:
    bulk.insert_all([event(batch, d, _action(batch, d), differences(d)) for d in drafts])


def _action(batch: Batch, draft: Draft) -> str:
    return Event.Action.COMPUTED if batch.recomputes else ACTIONS[draft.action]


def differences(draft: Draft) -> dict[str, Any]:
    """What stood in a former form of its field is kept as it stood."""
    fields = {**draft.record_type.system, **draft.record_type.fields}
    return {
        key: [
            kept_former(draft.former[key])
            if key in draft.former
            else dumped(fields.get(key), draft.before.get(key)),
            dumped(fields.get(key), draft.after.get(key)),
        ]
        for key in sorted(draft.outcome.changed - {"archived_at"})
    }


def event(batch: Batch, draft: Draft, action: str, changes: dict[str, Any]) -> Event:
    return Event(
        record_id=draft.outcome.id or 0,
        type=draft.record_type.key,
        version=draft.outcome.version or 0,
        action=action,
        channel=batch.channel,
        at=batch.now,
        actor_id=batch.access.user_id,
        changes=changes,
        reason=" ".join(filter(None, (batch.reason, *draft.acknowledged.values())))[:500],
        batch=batch.id,
        config_version=batch.snapshot.version,
        handed_over_at=None if is_followed(batch, draft) else batch.now,
    )
