"""A private PostgreSQL for as long as one command runs: `python tests/postgres.py COMMAND ...`.

The command finds it in DATABASE_URL. With TEST_DATABASE_URL set, or a DATABASE_URL of PostgreSQL, that server
is used instead.
Without PostgreSQL on the machine this says how to get it, and fails only where CI is set.
"""

import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "relata"
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
OLDEST = 15
FAST_NOT_SAFE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}
HOW_TO_INSTALL = f"""PostgreSQL {OLDEST} or later is not on this machine, so the suite was not run on it.
Install it (Debian, Ubuntu: apt install postgresql; macOS: brew install postgresql@17),
or set TEST_DATABASE_URL=postgres://user:password@host/name to a server that may create databases."""


def binaries() -> Path | None:
    """The directory of the newest `initdb` on the machine."""
    found = [path for place in PLACES for path in Path("/").glob(f"{place[1:]}/initdb")]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve())
    new_enough = [path.parent for path in found if version(path) >= OLDEST]
    return max(new_enough, key=lambda folder: version(folder / "initdb"), default=None)


def version(initdb: Path) -> int:
    said = subprocess.run([initdb, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(number[1]) if number else 0


def unprivileged() -> str | None:
    """Whom to run the server as: it refuses to run as root."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def private_server(folder: Path) -> Iterator[str]:
    """The URL of a new, empty server, gone afterwards."""
    user = unprivileged()
    home = Path(tempfile.mkdtemp(prefix="relata-postgres-"))
    if user:
        shutil.chown(home, user)
    data = home / "data"
    port = free_port()
    options = " ".join(f"-c {name}='{value}'" for name, value in FAST_NOT_SAFE.items())

    def run(*command: str) -> None:
        subprocess.run(command, user=user, cwd=home, check=True, stdout=subprocess.DEVNULL)

    try:
        run(str(folder / "initdb"), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        run(str(folder / "pg_ctl"), "-D", str(data), "-w", "-l", str(home / "log"),
            "-o", f"-p {port} {options}", "start")  # fmt: skip
        try:
            yield f"postgres://{USER}@127.0.0.1:{port}/postgres"
        finally:
            run(str(folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def given_url() -> str | None:
    url = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL", "")
    return url if url.startswith(("postgres:", "postgresql:", "psql:", "pgsql:")) else None


def run_with(url: str, command: list[str]) -> int:
    process = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # The terminal interrupts the command too; the server must outlive it to be stopped in order.
            continue


def main(command: list[str]) -> int:
    if url := given_url():
        return run_with(url, command)
    if not (folder := binaries()):
        print(HOW_TO_INSTALL, file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    with private_server(folder) as url:
        return run_with(url, command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
