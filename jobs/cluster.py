"""A supervised cluster of django-q2: its process, its heartbeat, and the sweep that goes with it."""

import logging
import os
import sys
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from jobs import process, selectors
from jobs.conf import timing
from jobs.models import Job, Worker
from jobs.models.job import State
from jobs.supervisor import Child
from jobs.sweep import release, reopen_queue, sweep

logger = logging.getLogger(__name__)


class Cluster:
    """Use as a context: inside it the heart beats; after it nothing this cluster held stays claimed."""

    def __init__(self) -> None:
        self.id = uuid.uuid4().hex[:12]
        self.child = Child(
            "The worker",
            [sys.executable, sys.argv[0], "qcluster"],
            env={process.CLUSTER_VARIABLE: self.id},
            before_start=self.before_start,
        )
        self.heart = Heart(self)

    def before_start(self) -> None:
        """What an earlier life of this cluster held is free again."""
        safely(self.release)
        safely(reopen_queue)

    def release(self) -> None:
        release(self.id)

    def __enter__(self) -> Child:
        self.heart.start()
        return self.child

    def __exit__(self, *exc: object) -> None:
        self.heart.stop()
        self.child.kill()
        safely(self.release)
        safely(Worker.objects.filter(name=self.heart.name).delete)


def safely(step: Callable[[], object]) -> None:
    """A database out of reach for a while must not end the supervision: the sweep makes up for what was missed."""
    try:
        close_old_connections()
        step()
    except DatabaseError:
        logger.exception("The worker's supervisor could not reach the database")
        connection.close()


class Heart:
    """A thread that says every few seconds that the cluster runs, and sweeps the ledger."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.name = f"{process.host()}/{os.getpid()}"
        self.pool: int = settings.Q_CLUSTER["workers"]
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.loop, name="heart", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopped.set()
        self.thread.join()

    def loop(self) -> None:
        last_beat = timezone.now() - timedelta(days=1)
        while not self.stopped.wait(min(timing().sweep, timing().beat)):
            if timezone.now() - last_beat >= timedelta(seconds=timing().beat):
                last_beat = timezone.now()
                safely(self.beat)
            safely(sweep)
            safely(self.restart_if_stuck)
        connection.close()

    def beat(self) -> None:
        if self.cluster.child.running:
            fields = {
                "pool": self.pool,
                "beat_at": timezone.now(),
                "restarts": self.cluster.child.restarts,
            }
            Worker.objects.update_or_create(name=self.name, defaults=fields)

    def restart_if_stuck(self) -> None:
        """A process killed while it held a lock of the cluster's pipes leaves the others waiting for ever, and
        the cluster looks alive: jobs wait, nobody takes them. Killing it all is the cure."""
        child = self.cluster.child
        if child.running and child.uptime >= timing().lost and self.is_stuck():
            logger.error("Jobs wait and nobody takes them: starting the worker anew")
            child.kill()

    def is_stuck(self) -> bool:
        limit = timezone.now() - timedelta(seconds=timing().lost)
        waiting = selectors.due(limit).filter(handed_at__lt=limit)
        mine = Job.objects.filter(worker__endswith=f"/{self.cluster.id}")
        busy = mine.filter(state=State.RUNNING) | mine.filter(started_at__gte=limit)
        return waiting.exists() and not busy.exists()
