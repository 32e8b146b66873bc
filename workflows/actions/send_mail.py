"""Send a mail by a template."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import nh3
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.html import escape, linebreaks, strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from crm_config import labels
from records.access import Access
from records.contact import services
from records.contact.asking import Addressee, Message, ask
from records.contact.definitions import AUTOMATIC, TRANSACTIONAL
from records.contact.sealing import Pass, sealed
from records.errors import NotVisible
from records.selectors import reading
from records.selectors.reading import RecordView
from workflows.actions.base import Action, Pause, Result, TryLater, Work
from workflows.actions.values import read
from workflows.automations import people
from workflows.automations.arguments import Argument
from workflows.automations.definitions import TemplateDef, templates_of
from workflows.automations.merging import merged

MOST_ATTACHED = 10 * 2**20


@dataclass(frozen=True)
class Letter:
    """`outside`: to somebody who does not work here, whom the record with that id is about where there is one; the
    contact budget is asked for those."""

    to: str
    subject: str
    text: str
    files: Sequence[AbstractDocument] = ()
    outside: bool = False
    record_id: int | None = None


class SendMail(Action):
    def plan(self, work: Work) -> str:
        letters = self._letters(work)
        if left := [said for letter in letters if (said := held_back(work, letter))]:
            raise Pause(" ".join(left))
        return _("Mail “%(subject)s” to %(names)s.") % {
            "subject": letters[0].subject,
            "names": ", ".join(letter.to for letter in letters),
        }

    def run(self, work: Work) -> Result:
        letters = self._letters(work)
        sent, left = [], []
        for n, letter in enumerate(letters):
            if said := claimed(work, letter):
                left.append(said)
                continue
            host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
            self._send(work, letter, f"<{work.key}.{n}@{host}>")
            sent.append(letter.to)
        words = [_("Sent to %(names)s.") % {"names": ", ".join(sent)}] if sent else []
        return Result(" ".join([*words, *(_("Left out: %(why)s") % {"why": why} for why in left)]))

    def _send(self, work: Work, letter: Letter, message_id: str) -> None:
        """Sent twice, it is the same message by its id, and mail programs show it once."""
        mail = EmailMultiAlternatives(
            letter.subject, letter.text, to=[letter.to],
            headers={
                "Message-ID": message_id, "Auto-Submitted": "auto-generated", **offers_an_end(work, letter),
            },
        )  # fmt: skip
        mail.attach_alternative(alternative(letter.text), "text/html")
        for document in letter.files:
            with document.file.open() as content:
                mail.attach(document.filename, content.read())
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            services.release(key_of(work, letter))
            raise Pause(
                _("The mail server refuses %(address)s.") % {"address": letter.to}
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            raise TryLater(
                _("The mail server does not take it: %(why)s") % {"why": error}
            ) from error

    def _letters(self, work: Work) -> list[Letter]:
        template = templates_of(work.snapshot).get(work.given["template"])
        if template is None or template.retired:
            raise Pause(_("There is no such mail template."))
        found = [*self._to_people(work, template), *self._to_field(work, template)]
        if not found:
            raise Pause(_("There is nobody with an address to send it to."))
        return list({letter.to: letter for letter in found}.values())

    def _to_people(self, work: Work, template: TemplateDef) -> list[Letter]:
        """Each with what they may read themselves; who may not see the record gets none."""
        found = []
        for user in people.named(work.given.get("users") or ()):
            if not user.email:
                continue
            try:
                view = reading.get(work.record_id, access=Access.of(user))
            except NotVisible:
                continue
            found.append(written(template, view, user.email, "", attached(work, view)))
        return found

    def _to_field(self, work: Work, template: TemplateDef) -> list[Letter]:
        """An address of the record or of one it links to: what the template says is written for outside."""
        path = work.given.get("to")
        address = str(read(work, path) or "") if path else ""
        try:
            validate_email(address)
        except ValidationError:
            return []
        language = work.given.get("language") or ""
        letter = written(template, work.view, address, language, attached(work, work.view))
        return [replace(letter, outside=True, record_id=holder(work, str(path)))]


def message_of(work: Work) -> Message:
    purpose = work.given.get("purpose") or AUTOMATIC
    kind = TRANSACTIONAL if work.given.get("transactional") else AUTOMATIC
    return Message(kind, f"automation:{work.automation.key}", purpose)


def key_of(work: Work, letter: Letter) -> str:
    return f"mail:{work.key}:{sealed(letter.to)}"


def claimed(work: Work, letter: Letter) -> str:
    """Why it is left out; empty where it may go."""
    if not letter.outside:
        return ""
    answer = services.claim(
        message_of(work),
        Addressee(letter.record_id, letter.to),
        key=key_of(work, letter),
        access=work.access,
        snapshot=work.snapshot,
        now=work.now,
    )
    return answer.reason(work.snapshot)


def held_back(work: Work, letter: Letter) -> str:
    """The same, with nothing written down."""
    if not letter.outside:
        return ""
    person = Addressee(letter.record_id, letter.to)
    [answer] = ask(message_of(work), [person], snapshot=work.snapshot, now=work.now)
    return answer.reason(work.snapshot)


def offers_an_end(work: Work, letter: Letter) -> Mapping[str, str]:
    """What people get without having asked, they can stop."""
    message = message_of(work)
    if not letter.outside or message.kind == TRANSACTIONAL:
        return {}
    return Pass.to(letter.to, letter.record_id, message.purpose).headers


def holder(work: Work, path: str) -> int | None:
    """The record whose field holds the address."""
    view = work.view
    for step in path.split(".")[:-1]:
        ids = view.value(step)
        if not ids:
            return None
        view = reading.get(ids[0], access=work.access)
    return view.id


def alternative(text: str) -> str:
    """The same as HTML."""
    return nh3.clean(linebreaks(escape(text)))


def attached(work: Work, view: RecordView) -> list[AbstractDocument]:
    """The files in the fields named, as far as the reader may have them. Raises `Pause` where they are too large
    for a mail."""
    keys = [key for key in work.given.get("attach", ()) if key in view.readable]
    ids = [pk for key in keys for pk in _ids(view.value(key))]
    found = list(get_document_model().objects.filter(pk__in=ids).order_by("pk"))
    if sum(document.get_file_size() or 0 for document in found) > MOST_ATTACHED:
        raise Pause(_("The files are too large to be sent by mail."))
    return found


def _ids(value: Any) -> Sequence[int]:
    if value is None:
        return ()
    return (value,) if isinstance(value, int) else tuple(value)


def written(
    template: TemplateDef,
    view: RecordView,
    to: str,
    language: str,
    files: Sequence[AbstractDocument] = (),
) -> Letter:
    subject, body = (
        said.get(language) or labels.text(said, default="")
        for said in (template.subject, template.body)
    )
    one_line = " ".join(strip_tags(merged(subject, view)).split())
    return Letter(to, one_line[:200], merged(body, view), files)


SEND_MAIL = SendMail(
    key="send_mail",
    label=gettext_lazy("Send a mail"),
    description=gettext_lazy(
        "By a template: to people of the house, each with what they may read, or to an address in the record."
    ),
    icon="mail",
    external=True,
    arguments=(
        Argument("template", "template", gettext_lazy("Template"), required=True),
        Argument("users", "users", gettext_lazy("People"), gettext_lazy("User names, one a line.")),
        Argument(
            "to",
            "text",
            gettext_lazy("Or to the address in"),
            gettext_lazy("A field, also over links: contact.email."),
        ),
        Argument(
            "language",
            "text",
            gettext_lazy("Language"),
            gettext_lazy("Its code; without one, the company's first."),
        ),
        Argument(
            "attach",
            "file_fields",
            gettext_lazy("Attach the files in"),
            gettext_lazy("To whom may read them; 10 MB in all."),
        ),
        Argument(
            "transactional",
            "flag",
            gettext_lazy("Transactional"),
            gettext_lazy(
                "It belongs to something that the customer asked for, such as a receipt: free of the contact budget."
            ),
        ),
        Argument(
            "purpose",
            "text",
            gettext_lazy("Purpose"),
            gettext_lazy("What one unsubscribes from; without one, automatic mails."),
        ),
    ),
)
