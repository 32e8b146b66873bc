"""By jobs: each minute the reminders whose time has come, and the mornings' mails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from crm_config.live import pinned
from crm_config.models import User
from jobs.registry import job, periodic
from jobs.runs import JobRun
from records.selectors.names import record_url
from workflows.todo import digest, reminding
from workflows.todo.language import language_of

TELL = "workflows.todo.tell"


@job(TELL, label=_("Remind people"))
def tell(run: JobRun) -> dict[str, int]:
    now = timezone.now()
    with pinned():
        return {"reminders": reminding.tell_due(now), "digests": digest.send_due(now)}


@job(reminding.MAIL, label=_("Mail about what there is to do"), max_attempts=5)
def send(run: JobRun) -> dict[str, int]:
    user = User.objects.filter(pk=run.args["user"], is_active=True).exclude(email="").first()
    if user is None:
        return {"sent": 0}
    with pinned():
        found = digest.message(user) if run.args["what"] == "digest" else reminder(user, run.args)
    return {"sent": found.send() if found else 0}


def reminder(user: User, args: dict[str, Any]) -> EmailMessage:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    context = {"text": args["text"], "url": base + record_url(args["record"])}
    with translation.override(language_of(user)):
        text = render_to_string("workflows/todo/reminder.txt", context)
    return EmailMessage(args["text"], text, to=[user.email])


periodic(TELL, every=timedelta(minutes=1))
