"""Children are kept running, and stopped for certain."""

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from jobs import process
from jobs.supervisor import FAST_DEATHS_ALLOWED, Child
from tests.jobs.conftest import wait_for

ROOT = Path(__file__).resolve().parents[2]
STUBBORN = "import signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(99)"
PARENT = textwrap.dedent(
    f"""
    import subprocess, sys
    child = subprocess.Popen([sys.executable, "-c", {STUBBORN!r}], stdout=subprocess.DEVNULL)
    print(child.pid, flush=True)
    child.wait()
    """
)

SUPERVISED = textwrap.dedent(
    """
    import sys
    from jobs.supervisor import Child, Supervisor
    children = [Child("child", [sys.executable, "-c", code]) for code in sys.argv[1:]]
    sys.exit(Supervisor(children, stop_timeout=1.0).run())
    """
)


def supervise(*programs: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, *programs],
        cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_child_that_will_not_stop_is_killed_in_time():
    supervisor = supervise(STUBBORN)
    supervisor.stdout.readline()
    begun = time.monotonic()
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(30) == 0
    assert 1.0 <= time.monotonic() - begun < 10


def test_what_a_child_started_is_stopped_too():
    supervisor = supervise(PARENT)
    grandchild = int(supervisor.stdout.readline())
    assert process.started(grandchild)
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(30) == 0
    assert not process.started(grandchild)


def test_children_do_not_outlive_a_supervisor_that_is_killed():
    supervisor = supervise(
        "import os, time; print(os.getpid(), flush=True); time.sleep(99)",
    )
    child = int(supervisor.stdout.readline())
    supervisor.kill()
    supervisor.wait(30)
    wait_for(lambda: not process.started(child))


def test_one_child_that_keeps_dying_ends_all():
    child = Child("child", [sys.executable, "-c", "raise SystemExit(3)"])
    pauses = []
    for _ in range(FAST_DEATHS_ALLOWED + 1):
        child.start()
        child.wait(30)
        child.look()
        pauses.append(round(child.due - time.monotonic()))
    assert child.hopeless
    assert pauses == [1, 2, 4, 8, 16, 30]


def test_a_child_that_died_is_started_again():
    child = Child("child", [sys.executable, "-c", "import time; time.sleep(99)"])
    child.start()
    child.process.kill()
    child.wait(30)
    child.look()
    assert not child.running, "it waits a little first"
    child.due = 0.0
    child.look()
    assert child.running
    assert child.restarts == 1
    child.kill()
    assert not child.running
