"""The job that tries a draft, and what becomes of a simulation whose job did not come to its end."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from jobs.errors import Permanent
from jobs.models import Job
from jobs.registry import job
from jobs.runs import JobRun
from jobs.signals import job_ended
from records.models import Simulation
from records.simulation.services import KIND, carry_out, ended


@job(KIND, label=_("Try the working copy on live records"))
def simulate(run: JobRun) -> dict[str, Any]:
    simulation = Simulation.objects.filter(pk=run.args["simulation"]).first()
    if simulation is None:
        raise Permanent(_("This simulation is not there any more."))
    return carry_out(simulation, run)


@receiver(job_ended)
def note_the_end(job: Job, **kwargs: Any) -> None:
    if job.kind == KIND and job.state != Job.State.DONE:
        ended(job)
