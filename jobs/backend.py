"""Wagtail's tasks in the same ledger: there is one queue, one register, one worker."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from jobs import services
from jobs.models import Job
from jobs.models.job import State

KIND = "jobs.task"

STATUS = {
    State.QUEUED: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.FAILED: TaskResultStatus.FAILED,
    State.POISONED: TaskResultStatus.FAILED,
    State.CANCELLED: TaskResultStatus.FAILED,
}


class LedgerBackend(BaseTaskBackend):
    """Forwards each task to a job of kind `jobs.task`. Priorities are not supported: the queue has none."""

    supports_defer = True
    supports_async_task = True
    supports_get_result = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        job = services.enqueue(
            kind=KIND,
            args={"path": task.module_path, "args": list(args), "kwargs": dict(kwargs)},
            delay=delay_of(task),
        )
        return result_of(job, task, alias=self.alias)

    def get_result(self, result_id: str) -> TaskResult:
        try:
            job = Job.objects.get(pk=result_id, kind=KIND)
        except (Job.DoesNotExist, ValueError) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return result_of(job, import_string(job.args["path"]), alias=self.alias)


def delay_of(task: Task) -> timedelta | None:
    return max(task.run_after - timezone.now(), timedelta()) if task.run_after else None


def result_of(job: Job, task: Task, *, alias: str) -> TaskResult:
    """A job as Wagtail's tasks look at one."""
    failed = STATUS[State(job.state)] == TaskResultStatus.FAILED
    result: TaskResult = TaskResult(
        task=task,
        id=str(job.pk),
        status=STATUS[State(job.state)],
        enqueued_at=job.queued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args["args"],
        kwargs=job.args["kwargs"],
        backend=alias,
        errors=[TaskError(exception_class_path="jobs.errors.JobError", traceback=job.trace)]
        if failed
        else [],
        worker_ids=[job.worker] * job.attempts,
    )
    # The class is frozen and offers no other way; its own backends do the same.
    object.__setattr__(result, "_return_value", job.result)
    return result
