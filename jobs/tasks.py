"""The ledger's own jobs."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_tasks.base import Task, TaskContext

from jobs import backend
from jobs.conf import timing
from jobs.errors import Permanent
from jobs.models import Job
from jobs.models.job import UNFINISHED
from jobs.registry import job, periodic
from jobs.runs import JobRun

BATCH = 1000


@job(backend.KIND, label=_("Background task"))
def run_task(run: JobRun) -> Any:
    """Run one of Wagtail's tasks. Raises Permanent when the name is no task's."""
    try:
        task = import_string(run.args["path"])
    except ImportError as error:
        raise Permanent(f"There is no task {run.args['path']}.") from error
    if not isinstance(task, Task):
        raise Permanent(f"{run.args['path']} is not a task.")
    context = [TaskContext(task_result=backend.result_of(run.job, task, alias=task.backend))]
    before = context if task.takes_context else []
    return task.call(*before, *run.args["args"], **run.args["kwargs"])


@job("jobs.prune", label=_("Remove old jobs from the ledger"))
def prune(run: JobRun) -> dict[str, int]:
    """Remove finished jobs that are older than the ledger keeps them."""
    limit = timezone.now() - timedelta(days=timing().keep_days)
    old = Job.objects.exclude(state__in=UNFINISHED).filter(finished_at__lt=limit, once=False)
    removed = 0
    while ids := list(old.values_list("pk", flat=True)[:BATCH]):
        removed += Job.objects.filter(pk__in=ids).delete()[0]
        run.progress(removed)
    return {"removed": removed}


periodic("jobs.prune", every=timedelta(days=1))
