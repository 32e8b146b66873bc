"""A public form under load: so many submissions a second are offered on loopback, to gunicorn and PostgreSQL, whether
or not the answers keep up. Latency counts from when each was to be sent, so that a queue shows."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles
from threading import local
from urllib.parse import urlencode

from django.db import connection

from benchmarks.world import World
from crm_config import publication
from crm_config.live import live
from forms_builder.definitions import forms_of
from forms_builder.models import Submission
from forms_builder.public.sealing import Seal, digest_of
from forms_builder.section import FormSection
from tests.postgres import free_port

ROOT = Path(__file__).resolve().parents[1]
RATE = 200
SECONDS = int(os.environ.get("FORM_SECONDS", "60"))
SENDERS = 64
PATIENCE = 120
_held = local()


def told(world: World) -> str:
    key, field = publish(world)
    number = RATE * SECONDS
    form, snapshot = forms_of(live())[key], live()
    seals = [Seal(key, digest_of(form, snapshot), at=0.0).text() for _n in range(number)]
    with served() as (port, _server):
        began = time.perf_counter() + 1
        with ThreadPoolExecutor(SENDERS) as pool:
            found = list(
                pool.map(
                    lambda n: send(port, form.slug, field, seals[n], n, began + n / RATE),
                    range(number),
                )
            )
        took = time.perf_counter() - began
    answered = sum(status == 303 for status, _seconds in found)
    kept = Submission.objects.filter(form=key, status=Submission.Status.ACCEPTED).count()
    cuts = quantiles([seconds * 1000 for status, seconds in found if status == 303], n=100)
    return (
        f"Public forms: {RATE} submissions a second offered for {SECONDS} seconds; {answered:,} of "
        f"{number:,} answered, {answered / took:,.0f} a second; {kept:,} accepted, "
        f"{max(answered - kept, 0)} of those answered lost. From when it was to be sent to the answer: "
        f"half within {cuts[49]:,.0f} ms, 95 % within {cuts[94]:,.0f} ms, 99 % within {cuts[98]:,.0f} ms."
    )


def publish(world: World) -> tuple[str, str]:
    """A form on one of the world's types, with one question that has to be answered."""
    record_type = next(
        t for t in live().active_types if any(f.type.key == "text" for f in t.active)
    )
    asked = [f for f in record_type.active if f.required and not f.type.computed]
    asked = asked or [next(f for f in record_type.active if f.type.key == "text")]
    items = [{"key": f.key, "kind": "field", "options": {"field": f.key}} for f in asked]
    raw = {
        "key": "load",
        "type": record_type.key,
        "labels": {"en": "Load"},
        "steps": [{"key": "one", "sections": [{"key": "all", "items": items}]}],
        "settings": {"min_seconds": 0, "per_hour": 100_000},
    }
    FormSection().load([raw], replace=False)
    publication.publish(user=None, reason="load")
    return "load", asked[0].key


@contextmanager
def served(**environment: str) -> Iterator[tuple[int, int]]:
    """The port and the number of the process."""
    port = free_port()
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.jobs.cluster_settings",
        "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        **environment,
    }
    command = [
        sys.executable, "-m", "gunicorn", "crm_site.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--backlog", "2048",
        "--keep-alive", "30", "--log-level", "warning",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(port: int) -> None:
    for _n in range(300):
        try:
            answer = HTTPConnection("127.0.0.1", port, timeout=5)
            answer.request("GET", "/f/nothing/")
            if answer.getresponse().status == 404:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server does not answer.")


def send(port: int, slug: str, field: str, seal: str, n: int, due: float) -> tuple[int, float]:
    """The status, 0 where nobody answered, and the seconds from when it was due."""
    time.sleep(max(due - time.perf_counter(), 0))
    body = urlencode({"seal": seal, "step": "one", "go": "next", f"i-{field}": f"Visitor {n}"})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for _attempt in range(2):
        held = getattr(_held, "connection", None) or HTTPConnection(
            "127.0.0.1", port, timeout=PATIENCE
        )
        _held.connection = held
        try:
            held.request("POST", f"/f/{slug}/", body, headers)
            answer = held.getresponse()
            answer.read()
            return answer.status, time.perf_counter() - due
        except (OSError, HTTPException):
            held.close()
            _held.connection = None
    return 0, time.perf_counter() - due
