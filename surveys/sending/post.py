"""One mail to the mail server, and what that says of it.

SMTP has a moment in which nobody can know: the text was handed over and the answer did not come. Before it, nothing
was sent and it is tried again; after it, it was sent. In between it is neither sent again in secret nor counted as
sent: a person decides, and the mail keeps its id, so that mail programs show it once."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass, field
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.core.mail import EmailMessage, get_connection

OK = range(200, 300)
PERMANENT = range(500, 600)
DEAD_ADDRESS = frozenset({550, 551, 553, 556})


class Down(Exception):
    """There is no mail server: nothing was sent, and nothing needs to be tried with the rest."""


class Later(Exception):
    """Not taken, for now: trying again can help."""


class Never(Exception):
    """Not taken for good. `dead`: the address is not there."""

    def __init__(self, why: str, *, dead: bool = False) -> None:
        self.dead = dead
        super().__init__(why)


class Unclear(Exception):
    """Cut off while it was handed over."""


@dataclass(eq=False)
class Post:
    """One connection for many mails, opened before any of them is claimed."""

    connection: Any = field(default_factory=get_connection)

    def open(self) -> None:
        """Sees to it that the server is there now. Raises `Down`."""
        try:
            smtp = getattr(self.connection, "connection", None)
            if isinstance(smtp, smtplib.SMTP) and not _alive(smtp):
                self.close()
            self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Down(str(error)) from error

    def close(self) -> None:
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException):
            self.connection.connection = None

    def send(self, mail: EmailMessage) -> str:
        """The id by which the mail is known. Raises `Later`, `Never` and `Unclear`."""
        mail.connection = self.connection
        try:
            mail.send()
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
            _answered(error)
        except AnymailRecipientsRefused as error:
            raise Never(str(error)[:300], dead=True) from error
        except AnymailAPIError as error:
            _of_service(error)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Unclear(f"{type(error).__name__}: {error}") from error
        status = getattr(mail, "anymail_status", None)
        return str(getattr(status, "message_id", None) or mail.extra_headers.get("Message-ID", ""))


def _alive(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.noop()[0] in OK
    except (OSError, smtplib.SMTPException):
        return False


def _answered(error: smtplib.SMTPException) -> None:
    """The server said no: nothing was sent."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()), (0, b""))
    else:
        code, said = error.smtp_code, error.smtp_error  # type: ignore[attr-defined]
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    why = f"{code} {text}"[:300]
    if code in PERMANENT:
        refused = isinstance(error, smtplib.SMTPRecipientsRefused)
        raise Never(why, dead=refused and code in DEAD_ADDRESS) from error
    raise Later(why) from error


def _of_service(error: AnymailAPIError) -> None:
    """Without an answer nobody knows; with one, it was not taken."""
    status = getattr(error, "status_code", None)
    if status is None:
        raise Unclear(str(error)[:300]) from error
    raise Later(str(error)[:300]) from error
