"""A real worker on the test's database, and waiting for what it does."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

import tests.jobs.sample.tasks  # noqa: F401 - registers the kinds

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def wait_for(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Poll another process's doing. Fails when it has not come about in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "What the test waited for did not come about."
        time.sleep(0.1)


class RealWorker:
    """`manage.py worker` as an operator runs it."""

    def __init__(self) -> None:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.jobs.cluster_settings",
            "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}:{os.environ.get('PYTHONPATH', '')}",
        }
        command = [sys.executable, str(ROOT / "site" / "manage.py"), "worker"]
        self.process = subprocess.Popen(command, env=env, cwd=ROOT, start_new_session=True)

    def stop(self) -> float:
        """Ask it to stop; how many seconds that took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        return time.monotonic() - begun

    def end(self) -> None:
        if self.process.poll() is None:
            self.stop()


@pytest.fixture
def start_worker(transactional_db: None) -> Iterator[Callable[[], RealWorker]]:
    """Starts real workers, and stops them after the test, before its database is emptied."""
    started: list[RealWorker] = []

    def start() -> RealWorker:
        started.append(RealWorker())
        return started[-1]

    yield start
    for worker in started:
        worker.end()
