"""What a record's page tells of mails: the last ones, whoever was left out and why, and what the person does not
want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_config.definitions import Snapshot
from records.contact.answers import OF_FIELDS, reason
from records.contact.definitions import SURVEY, people_of
from records.contact.purposes import label_of
from records.models import ContactEntry, Unsubscription
from records.selectors.reading import RecordView

LATEST = 5


@dataclass(frozen=True)
class Line:
    entry: ContactEntry
    what: str
    why: str


def latest(record: RecordView) -> list[Line]:
    snapshot = record.access.snapshot
    rows = ContactEntry.objects.filter(record=record.id).select_related("by")
    found = rows.exclude(status=ContactEntry.Status.RELEASED)[:LATEST]
    return [Line(row, named(row.what, snapshot), _why(row, record)) for row in found]


def _why(row: ContactEntry, record: RecordView) -> str:
    fields = people_of(record.type, record.access.snapshot)
    asked = {key for key in (fields.consent, fields.refuses, fields.email) if key}
    tells = row.code not in OF_FIELDS or asked <= record.readable
    return reason(row, record.access.snapshot, tells_fields=tells)


def named(what: str, snapshot: Snapshot) -> str:
    """What the ledger calls `survey:nps`, as people call it."""
    kind, _colon, key = what.partition(":")
    section = "surveys" if kind == SURVEY else f"{kind}s"
    found = (snapshot.sections.get(section) or {}).get(key)
    return str(found.label) if found is not None else key or kind


def unwanted(record: RecordView) -> Sequence[tuple[Unsubscription, str]]:
    rows = Unsubscription.objects.filter(record=record.id)
    snapshot = record.access.snapshot
    return [(row, label_of(row.purpose, snapshot) if row.purpose else "") for row in rows]
