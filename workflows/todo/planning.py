"""Many activities at once: with whom, by whom, on which days, how many a day. One batch through the gate, which can be
taken back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from crm_config.definitions import TypeDef
from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.models import Event
from records.selectors import RecordView
from records.selectors.recent import visible_in_order
from workflows.todo.closing import next_types

CHANNEL = Event.Channel.BULK
#: What one person can look over before it is done.
MOST = 200
#: Of which link field an activity is about the records.
LINKS = ("about", "participants")
TIMES = ("starts", "due")


@dataclass(frozen=True)
class Plan:
    """`people` get them in turn; None: whoever owns each record. `weekdays`: 0 is Monday. Slots are `gap` minutes
    apart, from `at` on."""

    type: TypeDef
    what: str
    people: tuple[int, ...] | None
    first: date
    last: date
    weekdays: frozenset[int]
    per_day: int
    at: time
    gap: int

    @property
    def days(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            if day.weekday() in self.weekdays:
                yield day
            day += timedelta(days=1)


@dataclass(frozen=True)
class Visit:
    """`person` is None where nobody is to do it."""

    record: RecordView
    person: int | None
    at: datetime


def types_about(record_type: TypeDef, access: Access) -> list[TypeDef]:
    """Of activities that can be about such records, those that this person may make."""
    return [t for t in next_types(access) if link_of(t, record_type) and time_of(t)]


def link_of(activity: TypeDef, record_type: TypeDef) -> str:
    fields = (activity.fields.get(key) for key in LINKS)
    found = (
        f.key
        for f in fields
        if f and not f.retired and record_type.key in f.options.get("targets", ())
    )
    return next(found, "")


def time_of(activity: TypeDef) -> str:
    known = (key for key in TIMES if key in activity.fields and not activity.fields[key].retired)
    return next(known, "")


def visits(plan: Plan, records: Sequence[RecordView], access: Access) -> tuple[list[Visit], int]:
    """Who goes where, and when; and for how many there is no time left."""
    slots: dict[int | None, Iterator[datetime]] = {}
    found, left = [], 0
    for number, record in enumerate(records):
        person = _person(plan, number, record)
        if person not in slots:
            slots[person] = _slots(plan, access)
        at = next(slots[person], None)
        if at is None:
            left += 1
        else:
            found.append(Visit(record, person, at))
    return found, left


def _person(plan: Plan, number: int, record: RecordView) -> int | None:
    if plan.people is None:
        return record.record.owner_id if "owner" in record.readable else None
    return plan.people[number % len(plan.people)]


def _slots(plan: Plan, access: Access) -> Iterator[datetime]:
    for day in plan.days:
        for place in range(plan.per_day):
            begin = datetime.combine(day, plan.at) + timedelta(minutes=place * plan.gap)
            if begin.date() == day:
                yield begin.replace(tzinfo=access.tz)


def changes(plan: Plan, planned: Iterable[Visit]) -> list[Change]:
    return [_change(plan, visit) for visit in planned]


def _change(plan: Plan, visit: Visit) -> Change:
    values: dict[str, Any] = {
        "subject": f"{plan.what}: {visit.record.title}"[:200],
        link_of(plan.type, visit.record.type): [visit.record.id],
        time_of(plan.type): visit.at.isoformat(),
    }
    if visit.person is not None:
        values["owner"] = visit.person
    return Change("create", type=plan.type.key, values=values)


def look(plan: Plan, planned: Sequence[Visit], *, access: Access) -> list[Outcome]:
    return services.check(changes(plan, planned), access=access, channel=CHANNEL)


def carry_out(plan: Plan, planned: Sequence[Visit], *, access: Access) -> uuid.UUID:
    """Those that are refused are left out; the batch finds the others again."""
    made = changes(plan, planned)
    receipt = services.execute(made, access=access, channel=CHANNEL, partial=True)
    return receipt.batch


def made_in(batch: uuid.UUID, access: Access) -> list[int]:
    """What one made oneself in that batch."""
    rows = Event.objects.filter(
        batch=batch, actor=access.user_id, action=Event.Action.CREATED, channel=CHANNEL
    )
    return list(rows.order_by("id").values_list("record_id", flat=True))


@dataclass(frozen=True)
class Receipt:
    """Of what was to be taken back: archived, left because somebody worked on it since, refused with why."""

    taken: int
    kept: Sequence[RecordView]
    refused: Sequence[tuple[RecordView, str]]


def take_back(batch: uuid.UUID, *, access: Access) -> Receipt:
    """Archived, as far as nobody worked on them since."""
    seen = visible_in_order(made_in(batch, access), access=access)
    kept = [view for view in seen if view.version > 1 and not view.archived]
    untouched = {view.id: view for view in seen if view.version == 1 and not view.archived}
    asked = [Change("archive", id=pk, base_version=1) for pk in untouched]
    outcomes = services.execute(asked, access=access, channel=CHANNEL, partial=True).outcomes
    refused = [
        (untouched[o.id or 0], " ".join(str(r.message) for r in o.refusals))
        for o in outcomes
        if not o.ok
    ]
    return Receipt(sum(o.written for o in outcomes), kept, refused)
