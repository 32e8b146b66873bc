"""By jobs: each minute the steps whose time has come; mails; and after a publication all records that stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot
from crm_config.live import pinned
from crm_config.models import User
from crm_config.signals import published
from jobs.registry import job, periodic
from jobs.runs import JobRun
from jobs.services import enqueue
from workflows import finding
from workflows.deadlines import mails, telling, watching
from workflows.deadlines.definitions import CALENDARS, in_use, levels_of
from workflows.deadlines.services import look_at, plan_anew
from workflows.models import Deadline

WATCH = "workflows.deadlines.watch"
LOOK = "workflows.deadlines.look"
NIGHTLY = "workflows.deadlines.nightly"
CHUNK = 500


@job(WATCH, label=_("Warn of deadlines"))
def watch(run: JobRun) -> dict[str, int]:
    now, taken, last = timezone.now(), 0, 0
    with pinned() as snapshot:
        while rows := watching.due(now, last):
            for row in rows:
                run.stop_if_cancelled()
                taken += len(watching.take(row, snapshot, now))
            last = rows[-1].pk
    return {"steps": taken}


@job(telling.KIND, label=_("Mail about deadlines"), max_attempts=5)
def send(run: JobRun) -> dict[str, int]:
    row = Deadline.objects.filter(pk=run.args["deadline"]).first()
    users = User.objects.filter(pk=run.args["user"], is_active=True).exclude(email="")
    user = users.first()
    found = mails.mail(row, user, run.args["what"]) if row and user else None
    return {"sent": found.send() if found else 0}


@job(LOOK, label=_("Plan deadlines anew"))
def look(run: JobRun) -> dict[str, int]:
    """At all standing records of a type, in the order of ids; resumes after the last. Whoever published is not
    to set off a storm: steps that are over already are not told of."""
    with pinned() as snapshot:
        record_type = snapshot.types[run.args["type"]]
        rows = finding.standing(record_type).order_by("pk")
        done, changed, last = 0, 0, run.cursor or 0
        while ids := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
            run.stop_if_cancelled()
            with transaction.atomic():
                now = timezone.now()
                changed += look_at(dict.fromkeys(ids, now), snapshot, late=True)
                running = Deadline.objects.select_for_update().filter(
                    record__in=ids, state=Deadline.State.RUNNING
                )
                changed += plan_anew(running, snapshot)
                done, last = done + len(ids), ids[-1]
                run.progress(done)
                run.checkpoint(last)
    return {"records": done, "changed": changed}


@job(NIGHTLY, label=_("Look at all deadlines"))
def nightly(run: JobRun) -> dict[str, int]:
    """What depends on other records, or on the day, is not told by changes of the record itself."""
    with pinned() as snapshot:
        keys = [t.key for t in snapshot.active_types if in_use(snapshot, t.key)]
        for key in keys:
            start(key, f"night:{timezone.now():%Y-%m-%d}")
    return {"types": len(keys)}


def start(record_type: str, occasion: str) -> None:
    enqueue(kind=LOOK, args={"type": record_type}, key=f"{LOOK}:{record_type}:{occasion}")


@receiver(published)
def look_again(snapshot: Snapshot, previous: Snapshot, **kwargs: Any) -> None:
    """Where a service level is new or says something else, or a calendar does."""
    after, before = _said(snapshot), _said(previous)
    for key in after.keys() | before.keys():
        record_type = snapshot.types.get(key)
        if record_type is None or record_type.retired or after.get(key) == before.get(key):
            continue
        start(key, str(snapshot.version))


def _said(snapshot: Snapshot) -> dict[str, Any]:
    """By type, what its levels and their calendars say, as far as it moves deadlines."""
    calendars = snapshot.sections.get(CALENDARS) or {}
    found: dict[str, list[Any]] = {}
    for level in levels_of(snapshot).values():
        calendar = calendars.get(level.calendar)
        if not level.retired:
            found.setdefault(level.type, []).append((level.said, calendar and calendar.said))
    return {key: sorted(map(repr, said)) for key, said in found.items()}


periodic(WATCH, every=timedelta(minutes=1))
periodic(NIGHTLY, every=timedelta(days=1))
