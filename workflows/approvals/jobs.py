"""By jobs: mails, and each few minutes whom open steps ask, and what has waited too long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.live import live, pinned
from crm_config.models import User
from jobs.registry import job, periodic
from jobs.runs import JobRun
from records.errors import Forbidden
from workflows.approvals import mail, services, steps
from workflows.approvals.definitions import processes_of
from workflows.approvals.errors import Closed
from workflows.models import ApprovalRequest, ApprovalStep

TEND = "workflows.approvals.tend"


@job(mail.KIND, label=gettext_lazy("Mail about approvals"), max_attempts=5)
def send(run: JobRun) -> dict[str, Any]:
    """One mail for each person, in their language. It names the record type, never a value: the page it links to
    asks to log in, and shows what its reader may see."""
    asked = ApprovalRequest.objects.filter(pk=run.args["request"]).first()
    if asked is None:
        return {"sent": 0}
    told = 0
    for user in User.objects.filter(pk__in=run.args["users"], is_active=True).exclude(email=""):
        with translation.override(_language(user)):
            message(asked, user, run.args["what"]).send()
        told += 1
    return {"sent": told}


def message(asked: ApprovalRequest, user: User, what: str) -> EmailMessage:
    snapshot = live()
    process = processes_of(snapshot).get(asked.process)
    record_type = snapshot.types.get(asked.type)
    name = process.label if process else asked.process
    said = _("Please decide: %(name)s") if what == "asked" else _("Decided: %(name)s")
    context = {
        "asked": asked,
        "user": user,
        "what": what,
        "process": name,
        "type": record_type.label if record_type else asked.type,
        "url": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('approvals:request', args=[asked.pk])}",
    }
    text = render_to_string("workflows/approvals/mail.txt", context)
    return EmailMessage(said % {"name": name}, text, to=[user.email])


def _language(user: User) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile.preferred_language if profile else "") or settings.LANGUAGE_CODE


@job(TEND, label=gettext_lazy("Look after approvals"))
def tend(run: JobRun) -> dict[str, Any]:
    with pinned():
        waiting = ApprovalRequest.objects.filter(state=ApprovalRequest.State.WAITING)
        ids = list(waiting.order_by("pk").values_list("pk", flat=True))
        for done, pk in enumerate(ids):
            run.stop_if_cancelled()
            run.progress(done, len(ids))
            look_after(pk)
    return {"waiting": len(ids)}


def look_after(pk: int) -> None:
    now = timezone.now()
    try:
        with transaction.atomic():
            found = services.claim(ApprovalRequest(pk=pk))
            try:
                with transaction.atomic():
                    _tend(found, now)
            except Forbidden as nobody:
                services.fail(found, str(nobody), now)
    except Closed:
        # Decided between the look and the claim.
        return


def _tend(found: ApprovalRequest, now: Any) -> None:
    for step in found.steps.filter(state=ApprovalStep.State.OPEN):
        step.request = found
        fresh = steps.renew(step, now)
        if step.due_at and step.due_at <= now and step.escalated_at is None:
            fresh = [*fresh, *steps.escalate(step, now)]
        mail.asked(found, fresh)
        if not step.votes.exists():
            raise Forbidden(_("Nobody is left who could decide."))
    services.go_on(found, now)


periodic(TEND, every=timedelta(minutes=5))
