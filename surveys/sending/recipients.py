"""Who answers for a record: the record itself, or the person that it leads to; with address and language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_config.definitions import SERIAL_BITS, Snapshot, TypeDef
from records.access import Access
from records.contact.asking import Addressee
from records.models import Record, RecordLink
from surveys.sending.rights import askable
from surveys.sending.settings import Sending


@dataclass(frozen=True)
class Recipient:
    """`person_id` is None where the record leads to nobody, or to nobody whom the sender sees."""

    record_id: int
    person_id: int | None = None
    email: str = ""
    language: str = ""

    @property
    def addressee(self) -> Addressee:
        return Addressee(self.person_id, self.email)


def recipients(sending: Sending, ids: Sequence[int], *, access: Access) -> dict[int, Recipient]:
    """By record; records that may not be asked about are left out, as if they were not there."""
    about = sending.snapshot.types[sending.survey.type]
    rows = Record.unscoped.of(about).filter(askable(about, access), pk__in=ids, archived_at=None)
    records = {row.pk: row for row in rows}
    persons = _persons(sending, records, access)
    return {pk: _one(sending, pk, persons.get(pk)) for pk in records}


def _persons(
    sending: Sending, records: Mapping[int, Record], access: Access
) -> Mapping[int, Record]:
    if not sending.link:
        return records
    rows = RecordLink.objects.filter(source__in=records, field=sending.link)
    pairs = rows.order_by("-position", "-id").values_list("source", "target")
    first = dict(pairs)
    found: dict[int, Record] = {}
    for person_type in _types(first.values(), sending.snapshot):
        if access.may("view", person_type):
            seen = Record.unscoped.of(person_type).filter(access.q("view", person_type))
            found |= {row.pk: row for row in seen.filter(pk__in=set(first.values()))}
    return {source: found[target] for source, target in first.items() if target in found}


def _types(ids: Any, snapshot: Snapshot) -> list[TypeDef]:
    numbers = {pk >> SERIAL_BITS for pk in ids}
    return [snapshot.by_number[n] for n in sorted(numbers) if n in snapshot.by_number]


def _one(sending: Sending, pk: int, person: Record | None) -> Recipient:
    if person is None:
        return Recipient(pk)
    person_type = sending.snapshot.types[person.type]
    f = sending.email_of(person_type)
    email = str(person.data.get(f.key) or "") if f else ""
    return Recipient(pk, person.pk, email, _language(sending, person, person_type))


def _language(sending: Sending, person: Record, person_type: TypeDef) -> str:
    """As the person's record says it, as far as the company speaks it."""
    spoken = sending.snapshot.company.languages
    said = str(person.data.get(sending.language_field(person_type)) or "").lower()[:2]
    return said if said in spoken else spoken[0]
