"""A company that promises to deal with deals in time: for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from crm_config.models import ConfigSnapshot
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate import Change
from records.models import Event, Record
from tests import company as small
from workflows.models import Deadline

#: Around the clock in Athens: tests tell the passing of time by moving deadlines into the past.
ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
HOT = {"field": "tags", "op": "has_any", "value": ["hot"]}
WAITS = {"field": "tags", "op": "has_any", "value": ["big"]}
DATED = {"field": "close_date", "op": "is_set"}
WON = {"field": "won", "op": "is_true"}


def calendar(key: str = "always", **more: Any) -> dict[str, Any]:
    return {"key": key, "labels": {"en": "Always"}, "hours": ALWAYS, **more}


def level(key: str = "usual", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "type": "deal",
        "labels": {"en": key.capitalize()},
        "calendar": "always",
        "pauses": WAITS,
        "targets": [
            {"key": "answer", "labels": {"en": "First answer"}, "minutes": 60, "met": DATED},
            {"key": "solution", "labels": {"en": "Solution"}, "minutes": 600, "met": WON},
        ],
        **more,
    }


def company(*levels: dict[str, Any], calendars: Any = None, **more: Any) -> dict[str, Any]:
    said = small.small_company()
    said["calendars"] = [calendar()] if calendars is None else calendars
    said["service_levels"] = list(levels)
    return {**said, **more}


def publish(*levels: dict[str, Any], **more: Any) -> ConfigSnapshot:
    return small.publish(company=company(*levels, **more))


def change(record_id: int, **values: Any) -> None:
    services.execute_or_raise(
        [Change("change", id=record_id, values=values)], access=Access.system(), channel="system"
    )
    run_pending(due_only=True)


def of(record_id: int, target: str = "answer") -> Deadline:
    rows = Deadline.objects.filter(record=record_id, target=target)
    return rows.exclude(state=Deadline.State.DROPPED).get()


def back(row: Deadline, **by: float) -> Deadline:
    """As if it had begun so much earlier, and with it all that follows."""
    length = timedelta(**by)
    for name in ("started_at", "since", "due_at", "next_at"):
        value = getattr(row, name)
        setattr(row, name, value and value - length)
    row.save()
    return row


def created_ago(record_id: int, **by: float) -> None:
    then = datetime.now(UTC) - timedelta(**by)
    Record.unscoped.filter(pk=record_id).update(created_at=then)
    Event.objects.filter(record_id=record_id).update(at=then)
