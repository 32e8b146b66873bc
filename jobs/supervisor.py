"""Children that are kept running, and stopped for certain.

Each child leads a process group of its own: a signal from the terminal reaches the supervisor alone, and what
does not stop in time is killed with everything it started. (A cluster of django-q2 may never stop by itself.)
"""

import logging
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from types import FrameType

logger = logging.getLogger(__name__)

HEALTHY_AFTER = 30.0
LONGEST_PAUSE = 30.0
FAST_DEATHS_ALLOWED = 5


@cache
def tie() -> tuple[str, ...]:
    """What goes before a command so that the kernel ends it when the supervisor itself is killed; nothing where
    the machine has no such tool."""
    prefix = (shutil.which("setpriv") or "setpriv", "--pdeathsig", "TERM", "--")
    with suppress(OSError):
        tried = subprocess.run([*prefix, "true"], check=False, capture_output=True)  # noqa: S603
        return prefix if tried.returncode == 0 else ()
    return ()


class Child:
    """One command, and how often it had to be started."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        before_start: Callable[[], object] | None = None,
    ) -> None:
        self.name = name
        self.command = list(command)
        self.env = {**os.environ, **(env or {})}
        self.before_start = before_start
        self.process: subprocess.Popen[bytes] | None = None
        self.restarts = 0
        self.fast_deaths = 0
        self.started = 0.0
        self.due = 0.0

    @property
    def running(self) -> bool:
        process = self.process
        return process is not None and process.poll() is None

    @property
    def uptime(self) -> float:
        """Seconds since it was last started."""
        return time.monotonic() - self.started

    def start(self) -> None:
        if self.before_start:
            self.before_start()
        self.process = subprocess.Popen(  # noqa: S603 - commands come from this code base alone
            [*tie(), *self.command], env=self.env, start_new_session=True
        )
        self.started = time.monotonic()

    def look(self) -> None:
        """Start it again when it has died: at once the first time, later and later after that."""
        if self.running:
            return
        if self.process is not None:
            self.bury(self.process)
        if self.process is None and time.monotonic() >= self.due:
            self.restarts += 1
            self.start()

    def bury(self, process: subprocess.Popen[bytes]) -> None:
        """Note a death, end what the dead left behind, and decide when to start again."""
        self.kill()
        lived = self.uptime
        self.fast_deaths = 0 if lived >= HEALTHY_AFTER else self.fast_deaths + 1
        pause = min(2.0 ** (self.fast_deaths - 1), LONGEST_PAUSE) if self.fast_deaths else 0.0
        self.due = time.monotonic() + pause
        self.process = None
        logger.error(
            "%s ended with code %s after %.0f s; starting it again in %.0f s",
            self.name, process.returncode, lived, pause,
        )  # fmt: skip

    @property
    def hopeless(self) -> bool:
        return self.fast_deaths > FAST_DEATHS_ALLOWED

    def ask_to_stop(self) -> None:
        if process := self.process:
            process.terminate()

    def wait(self, seconds: float) -> bool:
        """Whether it ended within so many seconds."""
        if not self.process:
            return True
        try:
            self.process.wait(max(seconds, 0.0))
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """End the whole process group, the leader and whatever outlived it."""
        if process := self.process:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class Supervisor:
    """Runs children until it is told to stop, or one of them cannot be kept alive."""

    def __init__(self, children: Sequence[Child], *, stop_timeout: float) -> None:
        self.children = list(children)
        self.stop_timeout = stop_timeout
        self.stopping = threading.Event()

    def run(self) -> int:
        """The exit code: 0 after a signal, 1 when a child kept dying."""
        self.listen()
        for child in self.children:
            child.start()
        try:
            return self.watch()
        finally:
            self.stop()

    def listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.told_to_stop)

    def told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def watch(self) -> int:
        while not self.stopping.wait(0.5):
            for child in self.children:
                child.look()
                if child.hopeless:
                    logger.critical("%s cannot be kept running; giving up", child.name)
                    return 1
        return 0

    def stop(self) -> None:
        """Ask all at once, wait a bounded time for all together, then kill."""
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + self.stop_timeout
        for child in self.children:
            if not child.wait(deadline - time.monotonic()):
                logger.warning("%s did not stop in time and is killed", child.name)
            child.kill()
