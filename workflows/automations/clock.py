"""What the clock sets off: dates reached, set times, and who came into a segment or left it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from crm_config.conditions.api import ConditionInvalid, NotInSql
from crm_config.definitions import Snapshot
from crm_config.live import live, pinned
from records.access import Access
from records.models import SegmentMove
from workflows import finding
from workflows.automations.arguments import condition_of
from workflows.automations.definitions import AutomationDef, at_work
from workflows.automations.engine.breaking import broke
from workflows.automations.engine.matching import standpoint
from workflows.automations.services import fire
from workflows.models import Rotation

#: Days that are looked back, where the clock stood still.
CATCH_UP = 3
MOST = 10_000
SETTLED = timedelta(seconds=10)


def tick(now: datetime | None = None) -> int:
    moment = now or timezone.now()
    with pinned(live()) as snapshot:
        local = moment.astimezone(Access(snapshot=snapshot, authority=True).tz)
        begun = 0
        for automation in at_work(snapshot):
            if automation.kind == "date_reached":
                begun += _dates(automation, snapshot, local)
            elif automation.kind == "schedule":
                begun += _scheduled(automation, snapshot, local)
        return begun + _moves(moment)


def _dates(automation: AutomationDef, snapshot: Snapshot, local: datetime) -> int:
    """Those whose day it is today, or was while nobody looked."""
    record_type = snapshot.types.get(automation.type)
    field = record_type.all_fields.get(automation.trigger.get("field", "")) if record_type else None
    if record_type is None or field is None:
        broke(automation, snapshot, str(automation.trigger.get("field")))
        return 0
    begun = 0
    for back in range(CATCH_UP):
        day = local.date() - timedelta(days=back + (automation.trigger.get("days") or 0))
        raw: dict[str, Any] = {"field": field.key, "op": "eq", "value": day.isoformat()}
        if field.type.key == "datetime":
            following = (day + timedelta(days=1)).isoformat()
            raw = {"all": [
                {"field": field.key, "op": "gte", "value": f"{day.isoformat()}T00:00"},
                {"field": field.key, "op": "lt", "value": f"{following}T00:00"},
            ]}  # fmt: skip
        begun += _fire(automation, snapshot, raw, f"date:{day.isoformat()}")
    return begun


def _scheduled(automation: AutomationDef, snapshot: Snapshot, local: datetime) -> int:
    given = automation.trigger
    hour, minute = (int(part) for part in str(given["at"]).split(":"))
    if (local.hour, local.minute) < (hour, minute):
        return 0
    if given["every"] == "week" and local.isoweekday() != (given.get("day") or 1):
        return 0
    if given["every"] == "month" and local.day != (given.get("day") or 1):
        return 0
    return _fire(automation, snapshot, automation.condition, f"schedule:{local.date().isoformat()}")


def _fire(automation: AutomationDef, snapshot: Snapshot, raw: object, key: str) -> int:
    record_type = snapshot.types[automation.type]
    rows = finding.standing(record_type)
    try:
        if raw:
            rows = rows.filter(
                condition_of(raw, snapshot, record_type).q(standpoint(None, snapshot))
            )
    except (ConditionInvalid, NotInSql) as error:
        broke(automation, snapshot, str(error))
        return 0
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])
    return len(fire(automation.kind, ids, key=key, only=automation.key))


def _moves(moment: datetime) -> int:
    """From where it looked last; what is being written this moment waits for the next look."""
    place, _new = Rotation.objects.get_or_create(automation="", action="segment_moves")
    rows = SegmentMove.objects.filter(pk__gt=place.last, at__lt=moment - SETTLED).order_by("pk")
    begun = 0
    for move in rows[:MOST]:
        kind = "entered_segment" if move.entered else "left_segment"
        begun += len(
            fire(kind, [move.record_id], key=f"move:{move.pk}", detail={"segment": move.segment})
        )
        Rotation.objects.filter(pk=place.pk).update(last=move.pk)
    return begun
