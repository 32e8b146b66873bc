"""How a run shows that it lives and how far it is. Writing is throttled, so handlers may report every row."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection
from django.utils import timezone

from jobs import claims
from jobs.conf import timing
from jobs.errors import LostClaim
from jobs.models import Job

if TYPE_CHECKING:
    from jobs.runs import JobRun

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_WRITES = 1.0


class InlinePulse:
    """For a run in the caller's own thread and transaction: writes when the handler reports."""

    def __init__(self, run: JobRun) -> None:
        self.run = run
        self.written = 0.0
        self.lost = False

    def __enter__(self) -> InlinePulse:
        return self

    def __exit__(self, *exc: object) -> None:
        return None

    def reported(self) -> None:
        if time.monotonic() - self.written >= SECONDS_BETWEEN_WRITES:
            self.beat()

    def beat(self) -> None:
        self.written = time.monotonic()
        claims.update(self.run.job, **self.fields())
        self.run.job.refresh_from_db(fields=["cancel_requested"])

    def fields(self) -> dict[str, Any]:
        return {"heartbeat_at": timezone.now(), **self.run.progress_fields()}

    def asked_to_stop(self) -> bool:
        self.reported()
        return self.run.job.cancel_requested


class ThreadPulse(InlinePulse):
    """For a run in a worker: a thread with a connection of its own, so that progress is seen while the
    handler's transaction is open, and a handler that is long silent is not taken for dead."""

    def __init__(self, run: JobRun) -> None:
        super().__init__(run)
        self.changed = False
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.loop, name=f"pulse-{run.job.pk}", daemon=True)

    def __enter__(self) -> ThreadPulse:
        self.thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stopped.set()
        self.thread.join()

    def reported(self) -> None:
        if self.lost:
            raise LostClaim(f"Job {self.run.job.pk} was given to another worker.")
        self.changed = True

    def asked_to_stop(self) -> bool:
        if self.lost:
            raise LostClaim(f"Job {self.run.job.pk} was given to another worker.")
        return self.run.job.cancel_requested

    def loop(self) -> None:
        pause = min(SECONDS_BETWEEN_WRITES, timing().beat)
        with contextlib.closing(connection):
            while not self.stopped.wait(pause):
                self.look()

    def look(self) -> None:
        """Write what changed, or a plain sign of life when it is time for one, and see who asked to stop."""
        try:
            if self.changed or time.monotonic() - self.written >= timing().beat:
                self.changed = False
                self.write()
            asked = Job.objects.filter(pk=self.run.job.pk, cancel_requested=True).exists()
            self.run.job.cancel_requested = asked
        except DatabaseError as error:
            # A long transaction of the handler may hold the only write lock there is; the next look succeeds.
            logger.debug("Job %s could not show that it lives: %s", self.run.job.pk, error)
            connection.close()

    def write(self) -> None:
        job = self.run.job
        held = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, claim=job.claim)
        self.written = time.monotonic()
        self.lost = not held.update(**self.fields())
