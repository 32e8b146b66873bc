"""Jobs of sending."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.live import pinned
from jobs.registry import job, periodic
from jobs.runs import JobRun
from surveys.sending import dispatching, services

#: A worker that dies while it sends begins anew; what it had claimed is told apart by the invitation itself.
ATTEMPTS = 20


@job(dispatching.MAKE, label=_("Invitations of a sending"))
def make(run: JobRun) -> dict[str, Any]:
    with pinned():
        return dispatching.make(run)


@job(dispatching.SEND, label=_("Send invitations"), max_attempts=ATTEMPTS)
def send(run: JobRun) -> dict[str, Any]:
    done = 0

    def look_up() -> None:
        nonlocal done
        run.stop_if_cancelled()
        run.progress(done)
        done += 1

    return services.send_due(look_up)


@job("surveys.sending_sweep", label=_("Look after invitations"))
def sweep(run: JobRun) -> dict[str, int]:
    with pinned():
        return services.sweep()


periodic("surveys.sending_sweep", every=timedelta(minutes=1))
