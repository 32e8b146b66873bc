"""Told of events: which automations they set off. A constant number of queries, however many events."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm_config.conditions.api import Condition, Standpoint
from crm_config.definitions import Snapshot
from crm_config.live import live, pinned
from records.access import Access
from records.access.subjects import Pool
from records.gate.batch import links_of
from records.models import Event, Record
from workflows import finding
from workflows.automations.definitions import AutomationDef, at_work
from workflows.automations.engine import states
from workflows.automations.engine.beginning import Candidate, begin
from workflows.automations.engine.breaking import fits
from workflows.models import StepRun
from workflows.triggers.registry import TRIGGERS

Watching = Mapping[str, list[AutomationDef]]


def watching(snapshot: Snapshot) -> Watching:
    """Those set off by events, by the type that they are about."""
    found: dict[str, list[AutomationDef]] | None = snapshot.memo.get("automations.watching")
    if found is None:
        found = snapshot.memo["automations.watching"] = {}
        for automation in at_work(snapshot):
            kind = TRIGGERS.get(automation.kind)
            if kind is not None and kind.follows:
                found.setdefault(automation.type, []).append(automation)
    return found


def wants(snapshot: Snapshot, record_type: str, keys: frozenset[str], action: str) -> bool:
    return any(
        TRIGGERS[a.kind].wants(a.trigger, keys, action)
        for a in watching(snapshot).get(record_type, ())
    )


def tell(events: Sequence[Event]) -> None:
    with pinned(live()) as snapshot:
        told = watching(snapshot)
        matched = [
            (automation, event)
            for event in events
            for automation in told.get(event.type, ())
            if TRIGGERS[automation.kind].matches(automation.trigger, event)
        ]
        if matched:
            begin(_fitting(matched, snapshot), snapshot)


def _fitting(
    matched: Sequence[tuple[AutomationDef, Event]], snapshot: Snapshot
) -> Iterable[Candidate]:
    records, links, pool = loaded({event.record_id for _a, event in matched}, snapshot)
    causes = depths(
        {event.batch for _a, event in matched if event.channel == Event.Channel.AUTOMATION}
    )
    for automation, event in matched:
        record = records.get(event.record_id)
        if record is None:
            continue
        held = evaluated(automation, event, record, links.get(record.pk, {}), pool, snapshot)
        if held:
            yield Candidate(
                automation,
                record.pk,
                f"event:{event.pk}",
                event_id=event.pk,
                depth=causes.get(event.batch, 0),
                actor_id=event.actor_id,
            )


def loaded(ids: Iterable[int], snapshot: Snapshot) -> tuple[dict[int, Record], Any, Pool]:
    rows = {row.pk: row for row in finding.by_ids(ids)}
    pool = Pool(snapshot)
    pool.add(rows.values())
    return rows, links_of(rows), pool


def standpoint(event: Event | None, snapshot: Snapshot) -> Standpoint:
    """When it happened, so that asking later gives the same; nobody's own."""
    found = Access(snapshot=snapshot, authority=True)
    return Standpoint(now=event.at if event else found.now, tz=found.tz)


def evaluated(
    automation: AutomationDef,
    event: Event,
    record: Record,
    links: Mapping[str, tuple[int, ...]],
    pool: Pool,
    snapshot: Snapshot,
) -> bool:
    about = record, snapshot.types[record.type], pool, links

    def holds(condition: Condition) -> bool:
        return condition.test(
            states.after(event, *about),
            standpoint(event, snapshot),
            before=states.before(event, *about),
        )

    return fits(automation, snapshot, holds)


def depths(batches: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How deep the automations stood that wrote these batches, plus one."""
    wanted = list(batches)
    if not wanted:
        return {}
    rows = StepRun.objects.filter(batch__in=wanted).values_list("batch", "run__depth")
    return {batch: depth + 1 for batch, depth in rows if batch is not None}
