"""What becomes of a run whose job did not come to its end."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from jobs.models import Job
from jobs.signals import job_ended
from records.imports.services import KIND
from records.models import ImportRun

State = ImportRun.State


@receiver(job_ended)
def note_the_end(job: Job, **kwargs: Any) -> None:
    """A dry run that was stopped has changed nothing: its columns can be chosen again."""
    if job.kind != KIND or job.state == Job.State.DONE:
        return
    busy = ImportRun.objects.filter(pk=job.args["run"], state__in=[State.CHECKING, State.RUNNING])
    if job.args["dry_run"]:
        busy.update(state=State.DRAFT, error=_why(job))
    elif job.state == Job.State.CANCELLED:
        busy.update(state=State.STOPPED, error="")
    else:
        busy.update(state=State.FAILED, error=_why(job))


def _why(job: Job) -> str:
    """Only refusals are worded for people; what else went wrong stands in the register of jobs."""
    if job.state == Job.State.CANCELLED:
        return ""
    if job.state == Job.State.FAILED:
        return job.error
    return _(
        "It did not succeed after several attempts. An administrator finds why under Operations."
    )
