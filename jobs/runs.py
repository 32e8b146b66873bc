"""What a handler holds while it works."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from jobs import claims
from jobs.errors import Cancelled
from jobs.models import Job
from jobs.pulse import InlinePulse, ThreadPulse


class JobRun:
    """One attempt at a job.

    A handler reports with `progress`, looks at `cancelled` now and then, and raises
    `jobs.errors.Permanent` when trying again cannot help; any other exception is tried again later.
    """

    def __init__(self, job: Job, *, in_worker: bool = False) -> None:
        self.job = job
        self.pulse: InlinePulse = ThreadPulse(self) if in_worker else InlinePulse(self)
        self.stopped_early = False
        self._done = job.progress_done
        self._total = job.progress_total
        self._message = job.message

    @property
    def args(self) -> dict[str, Any]:
        return self.job.args

    @property
    def cursor(self) -> Any:
        """What the last `checkpoint` of any attempt kept; None when there was none."""
        return self.job.cursor

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop. A handler that returns after seeing True counts as cancelled."""
        self.stopped_early = self.pulse.asked_to_stop()
        return self.stopped_early

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Report how far the work is. Cheap: call it for every row."""
        self._done = done
        self._total = self._total if total is None else total
        self._message = str(message or self._message)[:500]
        self.pulse.reported()

    def checkpoint(self, cursor: Any) -> None:
        """Keep, in the caller's transaction, how far the work has got, so that both commit together.

        Call it last in each transaction. Raises LostClaim, which must roll that transaction back.
        """
        claims.update(
            self.job, cursor=cursor, heartbeat_at=timezone.now(), **self.progress_fields()
        )

    def stop_if_cancelled(self) -> None:
        """Raises Cancelled when somebody asked to stop."""
        if self.cancelled:
            raise Cancelled

    def progress_fields(self) -> dict[str, Any]:
        return {
            "progress_done": self._done,
            "progress_total": self._total,
            "message": self._message,
        }
