"""Runs begin: each automation once for each occasion, within its limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from jobs.services import enqueue
from workflows.automations.definitions import AutomationDef
from workflows.automations.engine.telling import tell_owner
from workflows.models import AutomationRun

KIND = "workflows.automations.run"
PORTION = 100
HOUR = timedelta(hours=1)
State = AutomationRun.State


@dataclass(frozen=True, eq=False)
class Candidate:
    automation: AutomationDef
    record_id: int
    occasion: str
    event_id: int | None = None
    depth: int = 0
    actor_id: int | None = None


def begin(candidates: Iterable[Candidate], snapshot: Snapshot) -> list[int]:
    """The runs that are to be done, with jobs for them. What has begun already is not begun again; one that is
    over its limits is written down as stopped, and its owner told once an hour."""
    wanted = _new(list(candidates))
    if not wanted:
        return []
    lately = _lately(wanted)
    rows = []
    for candidate in wanted:
        place = candidate.automation.key, candidate.record_id
        lately[place] += 1
        rows.append(_row(candidate, snapshot, _over(candidate, lately[place])))
    with transaction.atomic():
        AutomationRun.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
        _report(wanted, rows)
        return hand_over(_waiting(rows))


def _new(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that did not begin before. Two that ask at once are told apart by the database."""
    rows = AutomationRun.objects.filter(
        automation__in={c.automation.key for c in candidates},
        occasion__in={c.occasion for c in candidates},
        record_id__in={c.record_id for c in candidates},
    )
    known = set(rows.values_list("automation", "occasion", "record_id")) if candidates else set()
    places = {(c.automation.key, c.occasion, c.record_id): c for c in candidates}
    return [candidate for place, candidate in places.items() if place not in known]


def _lately(wanted: Sequence[Candidate]) -> Counter[tuple[str, int]]:
    """How often each automation began on each record within the hour."""
    rows = AutomationRun.objects.filter(
        record_id__in={c.record_id for c in wanted},
        automation__in={c.automation.key for c in wanted},
        created_at__gt=timezone.now() - HOUR,
    )
    counted = rows.order_by().values_list("automation", "record_id").annotate(number=Count("pk"))
    return Counter({(key, pk): number for key, pk, number in counted})


def _over(candidate: Candidate, times: int) -> str:
    if candidate.depth > candidate.automation.depth:
        return _("Automations set each other off more than %(depth)s times in a row.") % {
            "depth": candidate.automation.depth
        }
    if times > candidate.automation.per_record_hour:
        return _("It ran more than %(times)s times within an hour on one record.") % {
            "times": candidate.automation.per_record_hour
        }
    return ""


def _row(candidate: Candidate, snapshot: Snapshot, over: str) -> AutomationRun:
    return AutomationRun(
        automation=candidate.automation.key,
        record_id=candidate.record_id,
        occasion=candidate.occasion,
        event_id=candidate.event_id,
        config_version=snapshot.version,
        state=State.STOPPED if over else State.QUEUED,
        reason=over,
        finished_at=timezone.now() if over else None,
        todo=[action.key for action in candidate.automation.actions],
        depth=candidate.depth,
        actor_id=candidate.actor_id,
    )


def _report(wanted: Sequence[Candidate], rows: Sequence[AutomationRun]) -> None:
    told: set[str] = set()
    for candidate, row in zip(wanted, rows, strict=True):
        key = candidate.automation.key
        if row.state == State.STOPPED and key not in told:
            told.add(key)
            stopped = AutomationRun.objects.filter(
                automation=key, state=State.STOPPED, created_at__gt=timezone.now() - HOUR
            )
            if stopped.count() <= sum(1 for r in rows if r.automation == key and r.reason):
                tell_owner(candidate.automation, row.reason)


def _waiting(rows: Sequence[AutomationRun]) -> list[int]:
    found = AutomationRun.objects.filter(
        automation__in={row.automation for row in rows},
        occasion__in={row.occasion for row in rows},
        record_id__in={row.record_id for row in rows},
        state=State.QUEUED,
    )
    return list(found.order_by("pk").values_list("pk", flat=True))


def hand_over(ids: Sequence[int]) -> list[int]:
    for start in range(0, len(ids), PORTION):
        some = list(ids[start : start + PORTION])
        enqueue(kind=KIND, args={"runs": some}, key=f"{KIND}:{some[0]}-{some[-1]}:{len(some)}")
    return list(ids)
