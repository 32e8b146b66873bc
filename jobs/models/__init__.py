from jobs.models.job import Job
from jobs.models.worker import Worker

__all__ = ["Job", "Worker"]
