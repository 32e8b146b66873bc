"""Deleting for ever and archiving, with what goes along: what a link's far side asks for.

A link field says what happens when its target goes: `refuse`, `clear` the link, or `archive` along.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.utils.translation import gettext as _

from records.gate.batch import Batch
from records.gate.change import Change
from records.gate.draft import Draft
from records.gate.handover import is_followed
from records.gate.pointing import Pointing, seen, sources
from records.models import Event, Record, RecordLink

#: How many linked records one removal may take along; beyond, it is refused rather than half done.
MOST = 10_000


@dataclass
class Consequences:
    """What would happen to others: links `cleared`, records to `archive` along, links that `hold` it back; by
    the record that goes."""

    cleared: dict[int, list[Pointing]] = field(default_factory=dict)
    archived: dict[int, list[Pointing]] = field(default_factory=dict)
    holding: dict[int, list[Pointing]] = field(default_factory=dict)


def consequences(batch: Batch, ids: Sequence[int], *, deleting: bool) -> Consequences:
    found = Consequences()
    gone = set(ids)
    rows = RecordLink.objects.filter(target__in=ids, source__archived_at=None).values_list(
        "target", "field", "source", "source__type"
    )
    for target, key, source, type_key in rows[:MOST]:
        record_type = batch.snapshot.types.get(type_key)
        link = record_type.fields.get(key) if record_type else None
        if source in gone or record_type is None or link is None:
            continue
        pointing = Pointing(source, record_type, link)
        rule = link.options.get("on_delete") or "clear"
        if rule == "refuse":
            found.holding.setdefault(target, []).append(pointing)
        elif rule == "archive":
            found.archived.setdefault(target, []).append(pointing)
        elif deleting:
            found.cleared.setdefault(target, []).append(pointing)
    return found


def check(batch: Batch) -> Consequences:
    """Refuses what something else holds on to; returns what would go along with the rest."""
    drafts = batch.sound("delete", "archive")
    if not drafts:
        return Consequences()
    found = consequences(
        batch,
        [d.change.id or 0 for d in drafts],
        deleting=any(d.action == "delete" for d in drafts),
    )
    for draft in drafts:
        holding = found.holding.get(draft.change.id or 0, [])
        if holding:
            told = seen(holding, batch.access)
            message = _held(told, unseen=len(told) < len(holding))
            draft.refuse("held", message, count=len(sources(told)))
    return found


def _held(told: Sequence[Pointing], *, unseen: bool) -> str:
    """Of what the person does not see, that it is there: not what it is, nor how much of it."""
    if not told:
        return _(
            "Records that you may not see still point here: somebody who sees them must change them first."
        )
    about = {
        "count": len(sources(told)),
        "fields": ", ".join(sorted({each.link.label for each in told})),
    }
    if unseen:
        return (
            _(
                "%(count)s records still point here (%(fields)s), and records that you may not see: change them first."
            )
            % about
        )
    return _("%(count)s records still point here (%(fields)s): change them first.") % about


def along(found: Consequences, batch: Batch) -> list[Change]:
    """The changes that carry out what goes along: made with the system's authority, told as their own."""
    done = {d.change.id for d in batch.drafts}
    pointing = chain.from_iterable(found.archived.values())
    return [Change("archive", id=pk) for pk in sources(pointing) if pk not in done]


def delete(batch: Batch) -> list[int]:
    """Rows, links, unique values and history go. One event without values says that something was deleted,
    and what it pointed at, for the sums that counted it. Returns the records whose links were cleared."""
    drafts = batch.sound("delete")
    if not drafts:
        return []
    ids = [d.change.id for d in drafts if d.change.id is not None]
    cleared = _tell_sources(batch, ids)
    Event.objects.filter(record_id__in=ids).delete()
    events = [_farewell(batch, draft) for draft in drafts]
    Record.unscoped.filter(pk__in=ids).delete()
    Event.objects.bulk_create(events)
    for draft in drafts:
        draft.outcome.written = True
    return cleared


def _tell_sources(batch: Batch, ids: Sequence[int]) -> list[int]:
    """Records whose links are cleared get an event and a new version: their people see that it happened."""
    sources = RecordLink.objects.filter(target__in=ids).exclude(source__in=ids)
    changes: dict[int, dict[str, list[list[int]]]] = {}
    rows = list(sources.values_list("source", "field", "target"))
    every = links_by(rows)
    for source, key in {(s, f) for s, f, _t in rows}:
        before = list(
            RecordLink.objects.filter(source=source, field=key)
            .order_by("position")
            .values_list("target", flat=True)
        )
        after = [t for t in before if t not in every[source, key]]
        changes.setdefault(source, {})[key] = [before, after]
    for record in Record.unscoped.filter(pk__in=changes):
        record.version += 1
        record.save(update_fields=["version"])
        Event.objects.create(
            record_id=record.pk,
            type=record.type,
            version=record.version,
            action=Event.Action.CHANGED,
            channel=batch.channel,
            at=batch.now,
            actor_id=batch.access.user_id,
            changes=changes[record.pk],
            batch=batch.id,
            config_version=batch.snapshot.version,
            handed_over_at=batch.now,
        )
    return sorted(changes)


def links_by(rows: Iterable[tuple[int, str, int]]) -> dict[tuple[int, str], set[int]]:
    found: dict[tuple[int, str], set[int]] = {}
    for source, key, target in rows:
        found.setdefault((source, key), set()).add(target)
    return found


def _farewell(batch: Batch, draft: Draft) -> Event:
    return Event(
        record_id=draft.change.id or 0,
        type=draft.record_type.key,
        version=(draft.record.version if draft.record else 0) + 1,
        action=Event.Action.DELETED,
        channel=batch.channel,
        at=batch.now,
        actor_id=batch.access.user_id,
        changes={
            f.key: [list(draft.before[f.key]), None]
            for f in draft.record_type.fields.values()
            if f.type.storage == "links" and f.key in draft.before
        },
        reason=batch.reason[:500],
        batch=batch.id,
        config_version=batch.snapshot.version,
        handed_over_at=None if is_followed(batch, draft) else batch.now,
    )
