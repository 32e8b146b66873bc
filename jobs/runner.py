"""One attempt at one job, from the claim to its outcome."""

import contextlib
import json
import logging
import traceback
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import translation
from django.utils.module_loading import import_string
from django_q.exceptions import TimeoutException

from jobs import claims, process, registry
from jobs.errors import Cancelled, LostClaim, Permanent
from jobs.models import Job
from jobs.registry import Kind
from jobs.runs import JobRun

logger = logging.getLogger(__name__)


def deliver(job_id: int) -> None:
    """What the queue calls in a worker. Delivered twice, the second finds the job taken and does nothing."""
    if job := claims.claim(job_id, worker=process.identity()):
        perform(job, in_worker=True)


def perform(job: Job, *, in_worker: bool = False) -> None:
    """Run a claimed job to its outcome, and tell whoever listens when that is the end of it."""
    run = JobRun(job, in_worker=in_worker)
    language = job.language or settings.LANGUAGE_CODE
    try:
        with run.pulse, translation.override(language), surroundings():
            attempt(run)
    except LostClaim as error:
        logger.warning("%s Its effects were rolled back.", error)
        return
    claims.announce(job)


@contextlib.contextmanager
def surroundings() -> Iterator[None]:
    """The context managers that `settings.JOBS_AROUND` names, around every run."""
    with contextlib.ExitStack() as stack:
        for path in getattr(settings, "JOBS_AROUND", []):
            stack.enter_context(import_string(path)())
        yield


def attempt(run: JobRun) -> None:
    """Run the handler and write down the outcome. Raises LostClaim, and TimeoutException after noting it."""
    try:
        execute(registry.get(run.job.kind), run)
    except LostClaim:
        raise
    except Cancelled:
        claims.finish(run.job, state=Job.State.CANCELLED, **run.progress_fields())
    except Permanent as error:
        fail(run, error)
    except TimeoutException as error:
        # The queue ends this process after a timeout, and must see the exception to do so.
        claims.give_back(run.job, error=str(error), trace=traceback.format_exc())
        raise
    except Exception as error:
        logger.exception("Job %s (%s) did not succeed", run.job.pk, run.job.kind)
        claims.give_back(run.job, error=describe(error), trace=traceback.format_exc())


def execute(kind: Kind, run: JobRun) -> None:
    """The handler's work and its "done": in one transaction if the kind is atomic."""
    with transaction.atomic() if kind.atomic else contextlib.nullcontext():
        result = plain(kind.handler(run))
        state = Job.State.CANCELLED if run.stopped_early else Job.State.DONE
        claims.finish(
            run.job, state=state, result=result, error="", trace="", **run.progress_fields()
        )


def fail(run: JobRun, error: Permanent) -> None:
    claims.finish(
        run.job,
        state=Job.State.FAILED,
        error=describe(error),
        trace=traceback.format_exc(),
        **run.progress_fields(),
    )


def plain(result: Any) -> Any:
    """The result as JSON will give it back. Raises TypeError when it is not JSON."""
    return json.loads(json.dumps(result, cls=DjangoJSONEncoder))


def describe(error: Exception) -> str:
    """The error in one line for people; its kind alone when it has no words of its own."""
    return str(error) or type(error).__name__
