"""Rules are followed after the answer is kept, so that nothing of them can lose it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_config.live import live, pinned
from crm_config.models import User
from jobs.registry import job
from jobs.runs import JobRun
from jobs.services import enqueue
from surveys.answering.services import day_of
from surveys.definitions import SurveyDef
from surveys.following import services, telling
from surveys.models import FollowUp, Response

KIND = "surveys.follow_up"


def answered(response: Response, survey: SurveyDef) -> None:
    """In the transaction that keeps the answers. Told again of answers that were changed, it looks again."""
    if not survey.follow_ups or response.is_test:
        return
    moment = response.completed_at.timestamp() if response.completed_at else 0
    key = f"{KIND}:{response.pk}:{moment}"
    delay = until_tomorrow() if survey.is_anonymous else None
    enqueue(kind=KIND, args={"response": response.pk}, key=key, once=True, delay=delay)


def until_tomorrow() -> timedelta:
    """Anonymous answers are followed when their day is over: a record made at once would have the moment that they
    have not, and who was here then stands in the log of any server."""
    snapshot, now = live(), timezone.now()
    return day_of(now + timedelta(days=1), snapshot) - now


@job(KIND, label=_("Follow up on answers"), max_attempts=5)
def follow(run: JobRun) -> dict[str, int]:
    row = Response.objects.filter(pk=run.args["response"]).first()
    with pinned():
        return {"follow_ups": len(services.follow(row)) if row else 0}


@job(telling.KIND, label=_("Mail about follow-ups"), max_attempts=5)
def mail(run: JobRun) -> dict[str, int]:
    """To whoever has it still."""
    row = FollowUp.objects.filter(pk=run.args["follow_up"], owner=run.args["user"]).first()
    user = User.objects.filter(pk=run.args["user"], is_active=True).exclude(email="").first()
    with pinned():
        return {"sent": telling.mail(row, user).send() if row and user else 0}
