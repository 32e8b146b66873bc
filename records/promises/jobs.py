"""The look at promises by a job: each night and after each publication under what is published; asked for in the
studio, under the working copy too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from crm_config import payload, publication
from crm_config.compiler import check_payload
from crm_config.definitions import Snapshot
from crm_config.live import numbers, pinned
from crm_config.promises.telling import told
from crm_config.schema import check_shape
from crm_config.sections.promises import live_promises
from crm_config.signals import published
from jobs.registry import job, periodic
from jobs.runs import JobRun
from jobs.services import enqueue
from records.promises.check import keep, verdict
from records.promises.checker import KIND
from records.promises.world import World


@job(KIND, label=_("Check the promises"))
def check_promises(run: JobRun) -> dict[str, Any]:
    with pinned() as snapshot:
        broken = look(run, snapshot, draft=False)
        if run.args.get("draft") and (copy := working_copy()) is not None:
            look(run, copy, draft=True)
    return {"broken": broken}


def look(run: JobRun, snapshot: Snapshot, *, draft: bool) -> dict[str, str]:
    """By key, why those that do not hold do not."""
    asked, world, found = live_promises(snapshot.sections), World(snapshot), []
    for done, promise in enumerate(asked):
        run.stop_if_cancelled()
        run.progress(done, len(asked), promise.label)
        found.append(verdict(promise, world))
    run.progress(len(asked), len(asked))
    keep(found, draft=draft)
    return {v.promise.key: told(v.example, snapshot) for v in found if v.example}


def working_copy() -> Snapshot | None:
    """None where it cannot be compiled: the review says why."""
    candidate = payload.dump()
    if check_shape(candidate) or check_payload(candidate, numbers=numbers()):
        return None
    return publication.as_published(candidate).snapshot


@receiver(published)
def look_again(snapshot: Snapshot, previous: Snapshot, **kwargs: Any) -> None:
    if live_promises(snapshot.sections) or live_promises(previous.sections):
        enqueue(kind=KIND, args={}, key=f"{KIND}:{snapshot.version}")


periodic(KIND, every=timedelta(days=1))
