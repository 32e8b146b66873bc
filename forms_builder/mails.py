"""Mails to whoever sent a form: to confirm the address, and that it arrived. Sent by jobs, each once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config import labels
from crm_config.definitions import Snapshot
from crm_config.field_types.base import Names, ValueRefused
from crm_config.live import live
from forms_builder.definitions import FormDef, forms_of
from forms_builder.engine.answers import reading
from forms_builder.engine.fields import fields_of
from forms_builder.models import Submission
from jobs.services import enqueue
from records.access import Access

KIND = "forms_builder.mail"
FIELD = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
OPT_IN, ARRIVED = "opt_in_mail", "mail"
LONGEST = 500
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    OPT_IN: {
        "subject": gettext_lazy("Please confirm: {{ form }}"),
        "body": gettext_lazy(
            "Somebody entered this address at {{ company }}. If that was you, confirm it here:\n\n{{ link }}\n\n"
            "If it was not you, there is nothing to do."
        ),
    }
}


def ask_to_confirm(row: Submission) -> None:
    _enqueue(row, OPT_IN)


def tell_of_arrival(row: Submission) -> None:
    _enqueue(row, ARRIVED)


def _enqueue(row: Submission, what: str) -> None:
    args = {"submission": row.pk, "what": what}
    enqueue(kind=KIND, args=args, key=f"{KIND}:{what}:{row.pk}", once=True)


def send(row: Submission, what: str) -> bool:
    """Whether there was an address to send it to."""
    snapshot = live()
    form = forms_of(snapshot).get(row.form)
    if form is None:
        return False
    with translation.override(row.language or None):
        address = address_of(form, row, what)
        if not address:
            return False
        subject, body = written(form, row, what, snapshot)
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
        EmailMessage(
            subject,
            body,
            to=[address],
            headers={
                "Message-ID": f"<{what}.{row.pk}.{row.reference}@{host}>",
                "Auto-Submitted": "auto-generated",
            },
        ).send()
    return True


def address_of(form: FormDef, row: Submission, what: str) -> str:
    """Read as the field reads it, so that nothing else than one address gets into the mail's head."""
    snapshot = live()
    key = form.settings.get("opt_in") if what == OPT_IN else ""
    key = key or form.settings.get("mail", {}).get("to") or form.settings.get("opt_in")
    f = fields_of(form, snapshot).get(key or "")
    if f is None:
        return ""
    try:
        value = f.type.coerce(f, row.values.get(f.key), reading(Access(snapshot=snapshot)))
    except ValueRefused:
        return ""
    return value or ""


def written(form: FormDef, row: Submission, what: str, snapshot: Snapshot) -> tuple[str, str]:
    said = form.settings.get(what) or DEFAULTS[what]
    fields = merge_fields(form, row, snapshot)
    subject, body = (_text(said[part]) for part in ("subject", "body"))
    return " ".join(filled(subject, fields).split())[:200], filled(body, fields)


def _text(said: Any) -> str:
    return labels.text(said) if isinstance(said, Mapping) else str(said)


def filled(text: str, fields: Mapping[str, str]) -> str:
    return FIELD.sub(lambda found: fields.get(found[1], ""), text)


def merge_fields(form: FormDef, row: Submission, snapshot: Snapshot) -> dict[str, str]:
    """What the sender wrote, as they wrote it, and what they have to know; nothing of the records."""
    found = {}
    context = reading(Access(snapshot=snapshot), row.language)
    for key, f in fields_of(form, snapshot).items():
        try:
            value = f.type.coerce(f, row.values.get(key), context)
        except ValueRefused:
            continue
        if value is not None and f.type.storage != "links" and f.type.group != "file":
            found[key] = f.type.display(f, value, Names())[:LONGEST]
    return found | {
        "reference": row.reference,
        "form": form.label,
        "company": snapshot.company.name or _("Relata"),
        "link": f"{absolute(reverse('public_forms:confirm', args=[form.slug, row.token]))}?lang={row.language}",
    }


def absolute(path: str) -> str:
    return urljoin(settings.WAGTAILADMIN_BASE_URL, path)
