"""Starts, runs and looks into simulations."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config import payload, publication
from crm_config.compiler import check_payload
from crm_config.errors import NothingToPublish
from crm_config.live import at, numbers, pinned
from crm_config.models import User
from crm_config.problems import ConfigurationInvalid
from crm_config.schema import check_shape
from jobs.models import Job
from jobs.runs import JobRun
from jobs.services import cancel, enqueue, run_inline
from records.models import Simulation
from records.simulation.registry import figures
from records.simulation.trial import Trial

KIND = "records.simulate"
#: Older ones are forgotten.
KEPT = 5


def start(*, user: User | None, inline: bool = False) -> Simulation:
    """Try the working copy as it is now; one that is waiting or running for it already is returned.

    Raises `NothingToPublish`, and `ConfigurationInvalid` where it cannot be read at all.
    """
    candidate = payload.dump()
    live = publication.latest()
    digest = payload.digest(candidate)
    if live is None or live.digest == digest:
        raise NothingToPublish(_("There is nothing to try: the working copy is what is published."))
    if problems := check_shape(candidate) or check_payload(candidate, numbers=numbers()):
        raise ConfigurationInvalid([p for p in problems if not p.warning] or problems)
    unfinished = Simulation.objects.filter(state__in=("waiting", "running"))
    if not inline and (going_on := unfinished.filter(digest=digest).first()):
        return going_on
    simulation = Simulation.objects.create(
        digest=digest, payload=candidate, live_version=live.version, by=user
    )
    forget_old()
    return _run_inline(simulation) if inline else _enqueue(simulation, user)


@transaction.atomic
def _enqueue(simulation: Simulation, user: User | None) -> Simulation:
    simulation.job = enqueue(kind=KIND, args={"simulation": simulation.pk}, user=user)
    simulation.save(update_fields=["job"])
    return simulation


def _run_inline(simulation: Simulation) -> Simulation:
    job = run_inline(kind=KIND, args={"simulation": simulation.pk})
    simulation.refresh_from_db()
    simulation.job = job
    simulation.save(update_fields=["job"])
    return simulation


def stop(simulation: Simulation) -> None:
    """Raises `jobs.errors.NotAllowed` where it has ended."""
    if simulation.job is not None and cancel(simulation.job).state == Job.State.CANCELLED:
        ended(simulation.job)


def ended(job: Job) -> None:
    """Of a job that did not come to its end."""
    stopped = job.state == Job.State.CANCELLED
    state = Simulation.State.STOPPED if stopped else Simulation.State.FAILED
    Simulation.objects.filter(pk=job.args["simulation"]).update(
        state=state, finished_at=timezone.now(), error=job.error
    )


def forget_old() -> None:
    kept = Simulation.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT]
    Simulation.objects.exclude(pk__in=list(kept)).delete()


def trial(simulation: Simulation, run: JobRun | None = None) -> Trial:
    """What it compares: the version that it was tried on, and the draft as it was."""
    return Trial(at(simulation.live_version), publication.as_published(simulation.payload), run)


def carry_out(simulation: Simulation, run: JobRun) -> dict[str, Any]:
    """1. Compile both sides. 2. Measure each figure. 3. Keep what was found."""
    simulation.state, simulation.started_at = Simulation.State.RUNNING, timezone.now()
    simulation.save(update_fields=["state", "started_at"])
    with pinned():
        tried = trial(simulation, run)
        asked = figures()
        tried.total = sum(figure.steps(tried) for figure in asked)
        simulation.result = {figure.key: figure.measure(tried) for figure in asked}
        run.progress(tried.total, tried.total)
    simulation.state, simulation.finished_at = Simulation.State.DONE, timezone.now()
    simulation.save(update_fields=["result", "state", "finished_at"])
    return {"people": len(tried.people), "types": len(tried.types)}
