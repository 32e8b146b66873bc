"""Wagtail's own tasks go through the same ledger."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from django_tasks import TaskContext, task, task_backends
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from jobs import services
from jobs.backend import LedgerBackend
from jobs.models import Job

pytestmark = pytest.mark.django_db


@task()
def make_group(name: str) -> str:
    return Group.objects.create(name=name).name


@task()
async def wait_for_nothing() -> str:
    return "waited"


@task(takes_context=True)
def count_attempts(context: TaskContext) -> int:
    return context.attempt


@task()
def breaks() -> None:
    raise RuntimeError("broken")


def test_the_ledger_is_the_backend():
    assert isinstance(task_backends["default"], LedgerBackend)


def test_a_task_becomes_a_job_and_its_result_a_result():
    waiting = make_group.enqueue("readers")
    assert waiting.status == TaskResultStatus.READY
    services.run_pending()
    waiting.refresh()
    assert (waiting.status, waiting.return_value) == (TaskResultStatus.SUCCESSFUL, "readers")
    assert Group.objects.filter(name="readers").exists()


def test_a_task_may_be_a_coroutine_or_take_its_context():
    results = [wait_for_nothing.enqueue(), count_attempts.enqueue()]
    services.run_pending()
    assert [task.get_result(r.id).return_value for task, r in zip(
        (wait_for_nothing, count_attempts), results, strict=True,
    )] == ["waited", 1]  # fmt: skip


def test_a_task_may_be_put_off():
    breaks.using(run_after=timezone.now() + timedelta(hours=2)).enqueue()
    assert Job.objects.get().available_at > timezone.now() + timedelta(minutes=119)


def test_a_task_that_keeps_failing_has_failed():
    waiting = breaks.enqueue()
    services.run_pending()
    waiting.refresh()
    assert waiting.status == TaskResultStatus.FAILED
    assert "broken" in waiting.errors[0].traceback


def test_an_unknown_result_is_told():
    with pytest.raises(TaskResultDoesNotExist):
        make_group.get_result("0")


def test_only_tasks_can_be_called_by_name():
    job = services.enqueue(kind="jobs.task", args={"path": "os.getcwd", "args": [], "kwargs": {}})
    assert services.run_now(job).error == "os.getcwd is not a task."


def test_saving_a_job_asks_for_no_other_job():
    services.enqueue(kind="sample.echo", args={})
    assert Job.objects.count() == 1
