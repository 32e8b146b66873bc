"""The mail that asks somebody: a text with merge fields, the first question with links, and how to stop it."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, linebreaks, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.definitions import Snapshot
from records.contact.sealing import Pass
from records.selectors.reading import RecordView
from surveys.answering.links import address_of
from surveys.models import Invitation
from surveys.sending.first_question import first_question
from surveys.sending.settings import Sending
from workflows.automations.merging import merged

OWN = re.compile(r"\{\{\s*(survey|company)\s*\}\}")
LINK = re.compile(r"\{\{\s*link\s*\}\}")
#: Stands for the link while merge fields are filled in; of the private use area, which nobody writes.
MARK = "\ue000"


def letter(
    row: Invitation, sending: Sending, view: RecordView, *, reminder: int = 0
) -> EmailMultiAlternatives:
    """`view` is the record as the system reads it: what the text names is written for outside."""
    with translation.override(row.language or None):
        subject, body = texts(sending, view, reminder=reminder)
        seal = Pass.to(row.email, row.person_id, sending.purpose)
        url, is_free = address_of(row.token), bool(sending.survey.sending.get("transactional"))
        context = {
            "language": row.language,
            "subject": subject,
            "company": sending.snapshot.company.name,
            "url": url,
            "unsubscribe": seal.url,
            "asked": first_question(sending.survey, row.token, sending.snapshot),
            "is_free": is_free,
            "privacy": sending.survey.settings.get("privacy") or "",
        }
        plain = {"body": body.replace(MARK, url), "says_link": MARK in body}
        rich = {"body": _rich(body, url), "says_link": plain["says_link"]}
        text = render_to_string("surveys/mail/invitation.txt", {**context, **plain})
        html = render_to_string("surveys/mail/invitation.html", {**context, **rich})
    mail = EmailMultiAlternatives(
        subject, text.strip() + "\n", to=[row.email], headers=headers(row, is_free, seal, reminder)
    )
    mail.attach_alternative(html, "text/html")
    _for_services(mail, row)
    return mail


def headers(row: Invitation, is_free: bool, seal: Pass, reminder: int) -> dict[str, str]:
    """What people get without having asked, they can stop."""
    found = {
        "Message-ID": message_id(row, reminder),
        "Auto-Submitted": "auto-generated",
    }
    return found if is_free else {**found, **seal.headers}


def message_id(row: Invitation, reminder: int = 0) -> str:
    """The same however often it is tried: mail programs show it once."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"
    return f"<survey.{row.pk}.{reminder}.{row.token[:8]}@{host}>"


def texts(sending: Sending, view: RecordView, *, reminder: int = 0) -> tuple[str, str]:
    said, snapshot = sending.survey.sending, sending.snapshot
    subject = labels.text(said.get("subject"), default=_("Your opinion: {{ survey }}"))
    body = labels.text(said.get("body"), default=_usual())
    if reminder:
        subject = _("Reminder: %(subject)s") % {"subject": subject}
    subject, body = (merged(_own(text, sending, snapshot), view) for text in (subject, body))
    return " ".join(strip_tags(subject.replace(MARK, "")).split())[:200], body


def _usual() -> str:
    return _(
        "Hello,\n\nwe would like to know what you think: {{ survey }}. It takes a minute or two, and needs no login."
    )


def _own(text: str, sending: Sending, snapshot: Snapshot) -> str:
    known = {"survey": sending.survey.label, "company": snapshot.company.name}
    return LINK.sub(MARK, OWN.sub(lambda found: known[found[1]], text.replace(MARK, "")))


def _rich(body: str, url: str) -> str:
    link = f'<a href="{escape(url)}">{escape(url)}</a>'
    html = linebreaks(escape(body))
    return mark_safe(html.replace(MARK, link))  # noqa: S308 - escaped above


def _for_services(mail: Any, row: Invitation) -> None:
    """What mail services that tell of deliveries are told; a plain server takes no notice."""
    mail.metadata = {"invitation": str(row.pk)}
    mail.track_opens = settings.TRACK_OPENS
    mail.track_clicks = False
