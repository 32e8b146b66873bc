"""Jobs that do something visible, and some that misbehave."""

import os
import signal
import threading
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from jobs.errors import Permanent
from jobs.registry import job
from jobs.runs import JobRun

STEPS = 5


@job("sample.echo", label="Echo")
def echo(run: JobRun) -> Any:
    return run.args


@job("sample.fails", label="Fails", max_attempts=2)
def fails(run: JobRun) -> None:
    raise RuntimeError("the machine is out of order")


@job("sample.refuses", label="Refuses")
def refuses(run: JobRun) -> None:
    raise Permanent("The file is empty.")


@job("sample.unserialisable")
def unserialisable(run: JobRun) -> object:
    return object()


@job("sample.atomic", atomic=True)
def atomic(run: JobRun) -> None:
    """Writes rows by key, and at the first attempt is killed between two of them."""
    for step in range(STEPS):
        Group.objects.create(name=f"{run.args['name']}-{step}")
        if run.args.get("kill") and run.job.attempts == 1 and step == 2:
            os.kill(os.getpid(), signal.SIGKILL)


@job("sample.atomic_fails", atomic=True, max_attempts=1)
def atomic_fails(run: JobRun) -> None:
    Group.objects.create(name="half done")
    raise RuntimeError("after writing")


@job("sample.steps")
def steps(run: JobRun) -> int:
    """A transaction per step, each with its checkpoint; killed at the first attempt inside the fourth."""
    begun_at = run.cursor or 0
    for step in range(begun_at, STEPS):
        with transaction.atomic():
            Group.objects.create(name=f"{run.args['name']}-{step}")
            if run.args.get("kill") and run.job.attempts == 1 and step == 3:
                os.kill(os.getpid(), signal.SIGKILL)
            run.progress(step + 1, STEPS, message=f"step {step}")
            run.checkpoint(step + 1)
    return begun_at


@job("sample.poison", max_attempts=2)
def poison(run: JobRun) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@job("sample.hangs")
def hangs(run: JobRun) -> None:
    run.progress(1)
    threading.Event().wait()


@job("sample.stoppable")
def stoppable(run: JobRun) -> str:
    """Works until it is asked to stop."""
    pause = threading.Event()
    while not run.cancelled:
        pause.wait(0.05)
    return "stopped early"


@job("sample.slow", timeout=3)
def slow(run: JobRun) -> None:
    threading.Event().wait(60)
