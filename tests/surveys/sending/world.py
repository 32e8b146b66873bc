"""People to be asked, a survey to ask by, and a mail server that keeps what it gets."""

from __future__ import annotations

import contextlib
import email
import email.policy
import socket
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from crm_config.live import live
from records.access import Access
from surveys.definitions import SurveyDef, surveys_of
from tests import company as small
from tests.cast import create
from tests.company import field, option, record_type
from tests.records.contact.budgeting import PEOPLE, rule

ONE_SURVEY = rule("surveys", 1, 30, "survey")


def survey(key: str = "nps", about: str = "person", **sending: Any) -> dict[str, Any]:
    question = {"key": "score", "kind": "nps", "labels": {"en": "Would you recommend us?"}}
    return {
        "key": key,
        "type": about,
        "labels": {"en": key.upper(), "el": f"{key.upper()} ελληνικά"},
        "steps": [{"key": "one", "sections": [{"key": "main", "items": [question]}]}],
        "ends": [{"key": "thanks", "labels": {"en": "Thanks"}}],
        "settings": sending.pop("settings", {}),
        "sending": sending,
    }


def types() -> list[dict[str, Any]]:
    person = record_type(
        "person",
        field("family_name", required=True, searchable=True),
        field("email", "email"),
        field("language", "choice", choices=[option("en"), option("el")]),
        field("agrees", "multi_choice", choices=[option("email")]),
        field("no_mail", "boolean"),
        title_template="{family_name}",
        columns=["title", "email"],
    )
    ticket = record_type(
        "ticket",
        field("subject", required=True, searchable=True),
        field("secret"),
        field("closed_by_itself", "boolean"),
        field("contact", "link", options={"targets": ["person"], "reverse_key": "tickets"}),
        title_template="{subject}",
        columns=["title", "contact"],
    )
    return [person, ticket]


ACTIONS = (*small.ALL, "share")


def publish(*surveys: dict[str, Any], **sections: Any) -> None:
    kinds = ("organisation", "person", "deal", "ticket")
    company = {
        **small.small_company(),
        "contact_people": [{**PEOPLE, "language": "language"}],
        "contact_budget": [ONE_SURVEY],
        "surveys": list(surveys) or [survey()],
        "roles": [
            small.role("administrator", "all", *kinds, actions=ACTIONS, administers=True),
            small.role("manager", "team_below", *kinds, actions=ACTIONS),
            small.role("sales", "own", *kinds, actions=ACTIONS),
            small.role("support", "team", *kinds, actions=("view", "change")),
        ],
        **sections,
    }
    small.publish(*types(), company=company)


def named(key: str = "nps") -> SurveyDef:
    return surveys_of(live())[key]


def person(name: str, **values: Any) -> int:
    found = {"email": f"{name.lower()}@example.com", **values}
    return create("person", family_name=name, **found)


def system() -> Access:
    return Access.system()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Mailbox:
    """A real mail server. `on_data` is called with the number of each mail, before it is taken; what it returns is
    answered in place of OK. `refuses` are recipients, with the answer that each gets; of the mails numbered in `cuts`,
    which are taken, nobody hears the answer."""

    def __init__(self) -> None:
        self.port = free_port()
        self.raw: list[bytes] = []
        self.to: list[str] = []
        self.refuses: dict[str, str] = {}
        self.cuts: set[int] = set()
        self.on_data: Callable[[int], str | None] = lambda number: None
        self.controller: Controller | None = None

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.on_data(len(self.raw))
        if answer and not answer.startswith("2"):
            return answer
        number = len(self.raw)
        self.raw.append(envelope.content)
        self.to += envelope.rcpt_tos
        if number in self.cuts:
            server.transport.abort()
        return answer or "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        policy = email.policy.default
        return [email.message_from_bytes(raw, policy=policy) for raw in self.raw]

    def start(self) -> Mailbox:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        return self

    def stop(self) -> None:
        if self.controller is not None:
            with contextlib.suppress(Exception):
                self.controller.stop()
            self.controller = None

    def serves(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", self.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


@contextlib.contextmanager
def mail_server(settings: Any) -> Iterator[Mailbox]:
    box = Mailbox()
    box.serves(settings)
    box.start()
    try:
        yield box
    finally:
        box.stop()
