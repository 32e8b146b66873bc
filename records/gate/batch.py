"""A batch of drafts with what they need from the database, fetched once for all."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.field_types.base import CoerceContext
from records.access import Access
from records.access.subjects import pooled
from records.conversions.context import Converting
from records.gate.change import Change, Outcome
from records.gate.draft import Draft, former_values, stored_values
from records.models import Record, RecordLink
from records.rates import rate_on


@dataclass(eq=False)
class Batch:
    """The drafts of one execution, in order. `reading` says how text in raw values is written; a batch that
    `recomputes` works out sums over linked records too, which otherwise follow after the commit."""

    access: Access
    channel: str
    drafts: Sequence[Draft]
    reason: str = ""
    reading: CoerceContext | None = None
    recomputes: bool = False
    now: datetime = field(default_factory=timezone.now)
    id: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def snapshot(self) -> Snapshot:
        return self.access.snapshot

    @property
    def outcomes(self) -> list[Outcome]:
        return [draft.outcome for draft in self.drafts]

    def sound(self, *actions: str) -> list[Draft]:
        """The drafts that nothing has refused so far."""
        return [d for d in self.drafts if d.ok and (not actions or d.action in actions)]

    def judged(self, *actions: str) -> list[Draft]:
        """The drafts that go on being judged: at most single fields of theirs were refused so far, so that
        everything else that stands in the way is said along with it."""
        return [d for d in self.drafts if not d.barred and (not actions or d.action in actions)]

    @cached_property
    def context(self) -> CoerceContext:
        company = self.snapshot.company
        return self.reading or CoerceContext(
            now=self.now,
            tz=self.access.tz,
            me=self.access.user_id,
            base_currency=company.base_currency,
            rate=rate_on,
        )


def load(changes: Sequence[Change], access: Access, *, lock: bool) -> list[Draft]:
    """Drafts with the records they are about, two queries for the whole batch. With `lock` the rows are
    held to the end of the transaction, in the order of their ids, so that two batches cannot deadlock."""
    ids = sorted({change.id for change in changes if change.id is not None})
    rows = Record.unscoped.filter(pk__in=ids).order_by("pk")
    records = (
        {row.pk: row for row in (rows.select_for_update(of=("self",)) if lock else rows)}
        if ids
        else {}
    )
    pooled(list(records.values()), access.snapshot)
    links, context = links_of(records), Converting(access.snapshot)
    return [_draft(change, access, records, links, context) for change in changes]


def links_of(ids: Iterable[int]) -> dict[int, dict[str, tuple[int, ...]]]:
    """The link values of records, by record and field, in their order."""
    found: dict[int, dict[str, tuple[int, ...]]] = defaultdict(dict)
    wanted = list(ids)
    if not wanted:
        return found
    rows = (
        RecordLink.objects.filter(source__in=wanted)
        .order_by("source", "field", "position", "id")
        .values_list("source", "field", "target")
    )
    for source, key, target in rows:
        found[source][key] = (*found[source].get(key, ()), target)
    return found


def _draft(
    change: Change,
    access: Access,
    records: dict[int, Record],
    links: dict[int, dict[str, tuple[int, ...]]],
    context: Converting,
) -> Draft:
    if change.action == "create":
        draft = Draft(change, access.snapshot.types.get(change.type))
        if draft.type is None or draft.type.retired:
            draft.refuse(
                "unknown_type", _("There is no record type “%(key)s”.") % {"key": change.type}
            )
        return draft
    record = records.get(change.id or 0)
    draft = Draft(change, _type_of(access.snapshot, record), record)
    if record is None or draft.type is None or draft.type.retired:
        draft.refuse("not_found", _("There is no such record, or you may not see it."))
        return draft
    draft.before = stored_values(draft.type, record, links.get(record.pk, {}))
    draft.former = former_values(draft.type, record, context)
    draft.after = dict(draft.before)
    draft.outcome.version = record.version
    return draft


def _type_of(snapshot: Snapshot, record: Record | None) -> TypeDef | None:
    return snapshot.types.get(record.type) if record is not None else None
