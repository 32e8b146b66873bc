"""One network address sends answers to an open link of a survey, so many a second, on loopback to gunicorn and
PostgreSQL. Meanwhile others answer it from elsewhere, and people who were asked, from that very address."""

from __future__ import annotations

import os
import re
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from statistics import median
from threading import Event, local
from urllib.parse import urlencode

from benchmarks import forms
from crm_config import publication
from crm_config.live import live
from forms_builder.public.sealing import Seal, digest_of
from surveys.answering import knocks
from surveys.definitions import surveys_of
from surveys.flow.compiling import flow_of
from surveys.models import Invitation, OpenLink, Response
from surveys.section import SurveySection

RATE = 500
SECONDS = int(os.environ.get("SPAM_SECONDS", "60"))
#: So many requests of the spammer are under way at once.
CONNECTIONS = 200
PATIENCE = 60
#: So many people answer before it begins.
CALM = 10
SPAMMER = "203.0.113.9"
KEY = "spam"
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
_held = local()


def told() -> str:
    publish()
    link = OpenLink.objects.create(survey=KEY, kind=OpenLink.Kind.PUBLIC, name="Spam")
    invited = [
        Invitation.objects.create(survey=KEY, key=f"{KEY}:{n}", status=Invitation.Status.SENT)
        for n in range(SECONDS * 2)
    ]
    flow = flow_of(surveys_of(live())[KEY], live())
    digest = digest_of(flow.form, live())
    seals = [Seal(flow.form.key, digest, at=0.0).text() for _n in range(RATE * SECONDS)]
    with forms.served(FORM_PROXIES="1") as (port, server):
        calm = Others(port)
        for n in range(CALM):
            calm.answer(link.token, f"192.0.2.{n}")
        before = memory(server)
        over = Event()
        with ProcessPoolExecutor(1) as elsewhere, ThreadPoolExecutor(2) as pool:
            spam = elsewhere.submit(spammed, port, link.token, seals)
            strangers, guests = Others(port), Others(port)
            addresses = (f"198.51.100.{n % 250}" for n in count())
            tokens = (each.token for each in invited)
            waiting = [
                pool.submit(strangers.go_on, over, lambda: (link.token, next(addresses))),
                pool.submit(guests.go_on, over, lambda: (next(tokens), SPAMMER)),
            ]
            statuses, took = spam.result()
            over.set()
            for each in waiting:
                each.result()
        after = memory(server)
    return words(statuses, took, calm, strangers, guests, before, after)


def words(
    statuses: dict[int, int],
    took: float,
    calm: Others,
    strangers: Others,
    guests: Others,
    before: int,
    after: int,
) -> str:
    kept = Response.objects.filter(survey=KEY).count()
    of_others = len(calm.seconds) + len(strangers.seconds) + len(guests.seconds)
    sent = sum(statuses.values())
    failed = sum(n for status, n in statuses.items() if status >= 500) + sum(
        each.failed for each in (strangers, guests)
    )
    return (
        f"A spammer: {RATE} answers a second offered to one open link for {SECONDS} seconds, all from one address and "
        f"at most {CONNECTIONS} at once; {sent:,} of {RATE * SECONDS:,} could be sent, {sent / took:,.0f} a second. "
        f"Of these {statuses.get(303, 0):,} were taken (the limit is {knocks.PER_HOUR} an hour), "
        f"{statuses.get(429, 0):,} refused, {statuses.get(0, 0):,} not answered; {failed} errors of the server. "
        f"{kept:,} responses kept, {of_others:,} of them of others. To open and to send the page took, half of the "
        f"time and at worst: {calm.told} before it began; {strangers.told} from other addresses "
        f"({len(strangers.seconds)} people); {guests.told} for people who were asked, from the spammer's address "
        f"({len(guests.seconds)}). The server's memory was {before:,} MB before and {after:,} MB after."
    )


def publish() -> None:
    asked = [("likely", "nps"), ("why", "long_text")]
    raw = {
        "key": KEY,
        "type": live().active_types[0].key,
        "labels": {"en": "Spam"},
        "steps": [
            {
                "key": "one",
                "sections": [
                    {"key": "all", "items": [{"key": key, "kind": kind} for key, kind in asked]}
                ],
            }
        ],
        "ends": [{"key": "thanks"}],
    }
    SurveySection().load([raw], replace=False)
    publication.publish(user=None, reason="load")


def spammed(port: int, token: str, seals: list[str]) -> tuple[dict[int, int], float]:
    """How often each status came back, and the seconds it took. What cannot be sent within the time is given up."""
    began = time.perf_counter()
    end = began + SECONDS
    found: dict[int, int] = {}

    def send(n: int) -> int | None:
        due = began + n / RATE
        time.sleep(max(due - time.perf_counter(), 0))
        if time.perf_counter() > end:
            return None
        body = {"seal": seals[n], "step": "one", "go": "next", "i-likely": "0", "i-why": f"Buy {n}"}
        return post(port, f"/s/{token}/", body, SPAMMER)[0]

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for status in pool.map(send, range(len(seals))):
            if status is not None:
                found[status] = found.get(status, 0) + 1
    return found, time.perf_counter() - began


@dataclass
class Others:
    """People who open the page and send it, one after the other. `seconds` for each."""

    port: int
    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def go_on(self, over: Event, next_one: object) -> None:
        while not over.wait(1):
            self.answer(*next_one())  # type: ignore[operator]

    def answer(self, token: str, address: str) -> None:
        began = time.perf_counter()
        status, page = get(self.port, f"/s/{token}/", address)
        seal = re.search(r'name="seal" value="([^"]+)"', page)
        if status == 200 and seal:
            body = {"seal": seal[1], "step": "one", "go": "next", "i-likely": "9", "i-why": "Good"}
            status, page = post(self.port, f"/s/{token}/", body, address)
        if status == 303:
            self.seconds.append(time.perf_counter() - began)
        else:
            self.failed += 1

    @property
    def told(self) -> str:
        return f"{median(self.seconds):.1f} s and {max(self.seconds):.1f} s"


def get(port: int, path: str, address: str) -> tuple[int, str]:
    return asked(port, "GET", path, None, {"X-Forwarded-For": address})


def post(port: int, path: str, body: dict[str, str], address: str) -> tuple[int, str]:
    return asked(port, "POST", path, urlencode(body), {**HEADERS, "X-Forwarded-For": address})


def asked(
    port: int, method: str, path: str, body: str | None, headers: dict[str, str]
) -> tuple[int, str]:
    """The status, 0 where nobody answered, and the page."""
    for _attempt in range(2):
        held = getattr(_held, "connection", None)
        held = held or HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        _held.connection = held
        try:
            held.request(method, path, body, headers)
            answer = held.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, HTTPException):
            held.close()
            _held.connection = None
    return 0, ""


def memory(server: int) -> int:
    """Megabytes of the server's processes."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return sum(map(_megabytes, [str(server), *children]))


def _megabytes(process: str) -> int:
    said = re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text(), re.M)
    return int(said[1]) // 1024 if said else 0
