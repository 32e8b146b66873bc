"""Jobs of automations: doing what began, and waking what waits."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from crm_config.live import pinned
from jobs.registry import job, periodic
from jobs.runs import JobRun
from workflows.automations import clock, services
from workflows.automations.engine.beginning import KIND
from workflows.automations.engine.stepping import work_through


@job(KIND, label=_("Do what automations say"))
def run_automations(run: JobRun) -> dict[str, int]:
    """Each run stands by itself: one that cannot go on keeps no other from it."""
    ids = run.args["runs"]
    for done, pk in enumerate(ids, start=1):
        run.stop_if_cancelled()
        with pinned():
            work_through(pk)
        run.progress(done, len(ids))
    return {"runs": len(ids)}


@job("workflows.automations.wake", label=_("Wake automations that wait"))
def wake(run: JobRun) -> dict[str, int]:
    return {"woken": services.wake()}


@job("workflows.automations.clock", label=_("Automations by the clock"))
def by_the_clock(run: JobRun) -> dict[str, int]:
    return {"begun": clock.tick()}


periodic("workflows.automations.wake", every=timedelta(minutes=1))
periodic("workflows.automations.clock", every=timedelta(minutes=5))
