"""The timings of the job ledger, in seconds. `settings.JOBS` overrides any of them by name."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class Timing:
    beat: float = 5.0
    """How often a running job and a worker show that they live."""
    grace: float = 15.0
    """Silence after which a job is taken back when its process is known to be gone."""
    lease: float = 60.0
    """Silence after which a job is taken back when its process cannot be asked (another machine)."""
    patience: float = 900.0
    """Silence after which a job is taken back although its process still exists."""
    sweep: float = 2.0
    """How often a worker looks for due, lost and abandoned jobs."""
    lost: float = 60.0
    """How long a job may wait, handed over but unclaimed, before the hand-over or the cluster is doubted."""
    timeout: int = 3600
    """How long one attempt may take."""
    stop: float = 20.0
    """How long running jobs may take to finish when the worker is told to stop."""
    keep_days: int = 30
    """How long finished jobs stay in the ledger."""


def timing() -> Timing:
    return Timing(**getattr(settings, "JOBS", {}))
