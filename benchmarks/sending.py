"""Ten thousand invitations through a real mail server on loopback, with the contact budget applied, counted there."""

from __future__ import annotations

from collections import Counter
from time import perf_counter
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings

from crm_config.models import User
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate.change import Change
from records.models import ContactEntry, Record
from records.selection import Selection
from surveys.models import Invitation
from surveys.sending import dispatching
from surveys.sending.services import send_due
from tests.cast import join, person
from tests.surveys.sending.world import free_port, named, publish, survey

PEOPLE, CHUNK = 10_000, 1_000
#: Those whom the budget holds back, as they were asked by another survey.
HELD = 1_000


class Counting:
    """Counts by address; of every thousandth mail the answer is lost, as if the line was cut."""

    def __init__(self) -> None:
        self.got: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.update(envelope.rcpt_tos)
        if sum(self.got.values()) % 1000 == 0:
            server.transport.abort()
        return "250 OK"


def told() -> str:
    publish(survey("nps"), survey("csat"))
    access = Access.system()
    _people(access)
    box = Counting()
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    _by(port)
    server.start()
    try:
        _ask("csat", HELD)
        first = Counter(box.got)
        box.got.clear()
        began = perf_counter()
        row = _ask("nps", PEOPLE)
        seconds = perf_counter() - began
    finally:
        server.stop()
    found = dispatching.counts(row)
    twice = sum(number > 1 for number in box.got.values())
    both = len(set(first) & set(box.got))
    return (
        f"{PEOPLE:,} people asked by mail through a mail server on loopback, of whom {HELD:,} had been asked by "
        f"another survey: {found['left']:,} held back by the contact budget, {len(box.got):,} addresses counted at "
        f"the server, {twice} of them more than once, {both} of those held back; {found['sent']:,} marked as sent, "
        f"{found['unsure']} cut off on purpose and told apart. {seconds:,.0f} seconds with one worker, "
        f"{len(box.got) / seconds:,.0f} mails a second; "
        f"{ContactEntry.objects.filter(status='allowed').count():,} lines in the ledger for "
        f"{Invitation.objects.exclude(status='skipped').count():,} invitations."
    )


def _people(access: Access) -> None:
    for start in range(0, PEOPLE, CHUNK):
        changes = [
            Change(
                "create",
                type="person",
                values={"family_name": f"P{n}", "email": f"p{n}@example.com"},
            )
            for n in range(start, start + CHUNK)
        ]
        services.execute_or_raise(changes, access=access, channel="system")
    run_pending()


def _ask(key: str, number: int) -> Any:
    """By the job that makes invitations, and the one that sends them."""
    user = _sender()
    access = Access.of(user)
    ids = None if number == PEOPLE else _first(number)
    row = dispatching.plan(named(key), Selection("person", ids=ids), access=access)
    run_pending()
    send_due()
    row.refresh_from_db()
    return row


def _first(number: int) -> tuple[int, ...]:
    rows = Record.unscoped.filter(type="person").order_by("pk").values_list("pk", flat=True)
    return tuple(rows[:number])


def _sender() -> Any:
    found = User.objects.filter(username="sender").first()
    return found or join(person("sender"), "administrator")


def _by(port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
