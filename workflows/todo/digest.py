"""One's day by mail, each morning, for those who want it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from crm_config.models import User
from jobs.services import enqueue
from records.access import Access
from workflows.models import TodoSettings
from workflows.todo.day import day
from workflows.todo.language import language_of
from workflows.todo.reminding import MAIL
from workflows.todo.shown import shown

MOST = 30


def send_due(now: datetime) -> int:
    """To whom it was not sent today, from their hour on; by a job for each, once a day."""
    local = now.astimezone(Access.system().tz)
    rows = TodoSettings.objects.filter(
        digest=True, digest_at__lte=local.time(), user__is_active=True
    )
    sent = 0
    for row in rows.exclude(digest_sent=local.date()).exclude(user__email=""):
        mine = TodoSettings.objects.filter(pk=row.pk, digest_sent=row.digest_sent)
        if mine.update(digest_sent=local.date()):
            args = {"what": "digest", "user": row.user_id}
            enqueue(kind=MAIL, args=args, key=f"{MAIL}:{row.user_id}:{local.date()}", once=True)
            sent += 1
    return sent


def message(user: User) -> EmailMessage | None:
    """What they see themselves at this moment. None where there is nothing to do."""
    access = Access.of(user)
    with translation.override(language_of(user)):
        found = shown(day(access), access)
        if not (found.overdue or found.today or found.waiting):
            return None
        base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        parts = [
            (_("Overdue"), found.overdue[:MOST]),
            (_("Today"), found.today[:MOST]),
            (_("Waiting"), found.waiting[:MOST]),
        ]
        context = {
            "name": user.get_full_name() or user.get_username(),
            "parts": [(label, lines) for label, lines in parts if lines],
            "base": base,
            "url": base + reverse("todo:index"),
            "settings_url": base + reverse("todo:settings"),
            "tz": access.tz,
        }
        text = render_to_string("workflows/todo/digest.txt", context)
        number = len(found.overdue) + len(found.today) + len(found.waiting)
        return EmailMessage(
            _("Your day: %(number)s to do") % {"number": number}, text, to=[user.email]
        )
