"""`manage.py serve`: one command for web server and worker, as `make run` and services use it."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.jobs.conftest import PATIENCE, ROOT, wait_for
from tests.postgres import free_port

pytestmark = pytest.mark.django_db(transaction=True)


def launch(port: int) -> subprocess.Popen[bytes]:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.jobs.cluster_settings",
        "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "WEB_WORKERS": "1",
    }
    command = [sys.executable, str(ROOT / "site" / "manage.py"), "serve", "--port", str(port)]
    return subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def server(port: int, transactional_db: None) -> Iterator[subprocess.Popen[bytes]]:
    process = launch(port)
    yield process
    process.send_signal(signal.SIGTERM)
    process.wait(PATIENCE)


def status(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            json.load(answer)
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_becomes_ready_and_stops_cleanly(server, port, number):
    wait_for(lambda: status(port, "/readyz") == 200)
    server.send_signal(number)
    assert server.wait(PATIENCE) == 0
    assert is_free(port)
    assert f"http://localhost:{port}/admin/" in server.stdout.read().decode()


def test_a_taken_port_is_told_at_once(port, transactional_db):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        server = launch(port)
        assert server.wait(PATIENCE) == 1
