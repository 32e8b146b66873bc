"""The other side of mails and webhooks: real servers on real sockets, slow, dead and back again."""

import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from jobs.services import run_pending
from tests.cast import Cast, create
from tests.workflows.automations.making import action, automation
from workflows.automations import outbound, services
from workflows.automations.shared_secrets import of_webhook
from workflows.models import AutomationRun, StepRun


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Mailbox:
    def __init__(self) -> None:
        self.mails: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(envelope.content.decode())
        return "250 OK"


TEMPLATE = {
    "key": "hello",
    "type": "organisation",
    "labels": {"en": "Hello"},
    "subject": {"en": "About {{ name }}"},
    "body": {"en": "Margin: {{ margin }}. <b>Notes</b>: {{ notes }}"},
}


def due() -> None:
    AutomationRun.objects.filter(state="waiting").update(wake_at=timezone.now())
    services.wake()
    run_pending()


def test_a_mail_server_that_was_down_gets_the_mail_when_it_is_up(
    published: Any, cast: Cast, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    published(automation("hello", action("m", "send_mail", template="hello", users=["owner", "outsider"]),
                         type="organisation"), templates=[TEMPLATE])  # fmt: skip
    create("organisation", name="Acme", margin=7, notes="<i>x</i>", owner=cast.owner.pk)
    run_pending()
    run = AutomationRun.objects.get()
    assert run.state == "waiting" and run.attempts == 1 and run.reason
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    try:
        due()
    finally:
        server.stop()
    assert AutomationRun.objects.get().state == "done"
    (mail,) = box.mails
    assert "Subject: About Acme" in mail and "To: owner@example.com" in mail
    assert "Margin: ." in mail, "the owner's role may not read the margin"
    assert "&lt;i&gt;x&lt;/i&gt;" in mail


class Target:
    """Answers with `status`, and keeps what it was sent."""

    def __init__(self) -> None:
        self.status, self.got = 200, []  # type: int, list[tuple[dict[str, str], str]]
        target = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                target.got.append((dict(self.headers), body))
                self.send_response(target.status)
                if target.status == 302:
                    self.send_header("Location", f"http://127.0.0.1:{target.port}/elsewhere")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                return None

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def target(settings: Any) -> Iterator[Target]:
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    found = Target()
    yield found
    found.stop()


def posting(published: Any, port: int) -> None:
    url = f"http://127.0.0.1:{port}/in"
    published(automation("post", action("p", "call_webhook", url=url, fields=["name"])))
    create("deal", name="Roof")
    run_pending()


def test_what_is_posted_is_signed_and_tried_again_under_the_same_key(
    published: Any, target: Target
) -> None:
    target.status = 500
    posting(published, target.port)
    assert AutomationRun.objects.get().state == "waiting"
    target.status = 200
    due()
    assert AutomationRun.objects.get().state == "done"
    (first, _body), (second, body) = target.got
    assert first["webhook-id"] == second["webhook-id"]
    assert Webhook(of_webhook("post")).verify(body, {k.lower(): v for k, v in second.items()})
    assert json.loads(body)["data"]["name"] == "Roof"
    assert StepRun.objects.get().state == "done"


def test_redirects_and_refusals_pause(published: Any, target: Target) -> None:
    target.status = 302
    posting(published, target.port)
    assert AutomationRun.objects.get().state == "paused" and len(target.got) == 1


def test_a_dead_target_is_tried_again_less_and_less_often_and_then_paused(
    published: Any, settings: Any
) -> None:
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    posting(published, free_port())
    pauses = []
    while (run := AutomationRun.objects.get()).state == "waiting":
        pauses.append(run.wake_at - timezone.now())
        due()
    assert run.state == "paused" and len(pauses) == 5
    assert pauses == sorted(pauses) and pauses[-1] > timedelta(hours=1)


def test_a_slow_target_is_not_waited_for(
    published: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(outbound, "TIMEOUT", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        posting(published, silent.getsockname()[1])
    assert AutomationRun.objects.get().state == "waiting"


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "localhost"])
def test_nothing_is_posted_inside_the_house(host: str) -> None:
    with pytest.raises(outbound.Pause):
        outbound.post(f"http://{host}/", "whsec_" + "A" * 32, {}, key=services.uuid.uuid4(),
                      now=datetime.now(UTC))  # fmt: skip
