"""Who is running a job: a process named so that it can be told from a later one with the same number.

An identity is `host/pid/start/cluster`; `start` is the kernel's start time of the process, where it tells.
"""

import os
import socket
from pathlib import Path

CLUSTER_VARIABLE = "RELATA_CLUSTER"


def identity() -> str:
    pid = os.getpid()
    cluster = os.environ.get(CLUSTER_VARIABLE, "")
    return f"{host()}/{pid}/{started(pid)}/{cluster}"


def host() -> str:
    return socket.gethostname().replace("/", "-")[:100]


def started(pid: int) -> str:
    """The start time of a process in clock ticks since boot; empty when it is dead or cannot be told."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    # The second field is the command in parentheses and may hold spaces; the state is the 3rd field, the
    # start time the 22nd. A zombie is dead, although it keeps its number until somebody asks for its end.
    state, *fields = stat.rpartition(")")[2].split()
    return "" if state == "Z" else fields[18]


def lives(identity: str) -> bool | None:
    """Whether that process still exists; None when it cannot be asked from here."""
    try:
        machine, number, start, _cluster = identity.split("/")
        pid = int(number)
    except ValueError:
        return None
    if machine != host():
        return None
    return exists(pid) and started(pid) == start


def exists(pid: int) -> bool:
    """Whether the process table has this number, be it of a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
