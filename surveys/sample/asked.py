"""Who is asked by which survey, about what, and when: read from the records that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from crm_config.definitions import Snapshot
from records.models import Record, RecordLink
from surveys.sample.chance import Chance
from workflows import finding

MONTHS = 18
#: Of each kind at most so many, so that loading stays short.
MOST = 110


@dataclass(frozen=True, eq=False)
class Asked:
    """`record` is what it is about; `wave` counts how often the person was asked before."""

    at: datetime
    record: Record
    person: Record
    wave: int = 0


def persons(snapshot: Snapshot, chance: Chance) -> list[Record]:
    """Those with an address, in no order but the seed's."""
    rows = finding.standing(snapshot.types["person"]).order_by("pk")
    found = [row for row in rows if row.data.get("email")]
    return chance.rng.sample(found, min(MOST, len(found)))


def in_waves(snapshot: Snapshot, chance: Chance, now: datetime) -> Iterator[Asked]:
    """Each person every three months, from when they were known; some ask not to be asked again."""
    for person in persons(snapshot, chance):
        wave = 0
        for quarter in range(MONTHS // 3, -1, -1):
            at = now - timedelta(days=90 * quarter + 2, hours=chance.rng.randint(0, 260))
            if person.created_at >= at or chance.of(7):
                continue
            yield Asked(at, person, person, wave)
            wave += 1


def once(
    snapshot: Snapshot,
    type_key: str,
    link: str,
    now: datetime,
    *,
    field: str,
    days: int,
    also: Mapping[int, int] | None = None,
) -> Iterator[Asked]:
    """The records of a type some days after the moment in one of their fields, and whoever `link` leads to."""
    record_type = snapshot.types.get(type_key)
    if record_type is None:
        return
    rows = [row for row in finding.standing(record_type).order_by("pk") if row.data.get(field)]
    people = first_targets([row.pk for row in rows], link) | dict(also or {})
    known = {row.pk: row for row in finding.by_ids(set(people.values()))}
    for row in rows[:: max(1, len(rows) // MOST)]:
        person, at = known.get(people.get(row.pk, 0)), moment(row.data[field])
        if person is not None and at is not None and at + timedelta(days=days) < now:
            yield Asked(at + timedelta(days=days, hours=2), row, person)


def first_targets(ids: Iterable[int], link: str) -> dict[int, int]:
    rows = RecordLink.objects.filter(source__in=list(ids), field=link)
    return dict(rows.order_by("-position", "-id").values_list("source", "target"))


def of_orders(snapshot: Snapshot) -> dict[int, int]:
    """By order, the first contact of its opportunity."""
    if "order" not in snapshot.types:
        return {}
    orders = finding.standing(snapshot.types["order"]).values_list("pk", flat=True)
    deals = first_targets(orders, "opportunity")
    contacts = first_targets(set(deals.values()), "contacts")
    return {order: contacts[deal] for order, deal in deals.items() if deal in contacts}


def moment(stored: Any) -> datetime | None:
    """Of a day or a moment as it is stored."""
    text = stored if isinstance(stored, str) else ""
    found = parse_datetime(text) if "T" in text or " " in text else None
    if found is not None:
        return found
    day = parse_date(text[:10]) if text else None
    return datetime.fromisoformat(f"{day.isoformat()}T09:00:00+00:00") if day else None
