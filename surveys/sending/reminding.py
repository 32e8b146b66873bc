"""Who has not answered is reminded, some days after, as often as the survey says.

The number of the reminder is raised before it is sent: one that is cut off is not sent a second time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from crm_config.live import live
from records.access import Access
from records.contact import services as contact
from records.contact.answers import OVER
from records.contact.asking import Addressee
from records.errors import NotVisible
from records.selectors import reading
from records.selectors.reading import RecordView
from surveys.definitions import survey_of
from surveys.models import Dispatch, Invitation
from surveys.sending.inviting import ledger_key
from surveys.sending.letters import letter
from surveys.sending.post import Later, Never, Post, Unclear
from surveys.sending.posting import FIRST_PAUSE, PORTION, is_over
from surveys.sending.settings import Sending

Status = Invitation.Status
UNANSWERED = (Status.SENT, Status.DELIVERED, Status.OPENED, Status.STARTED)


def due(now: datetime) -> list[int]:
    rows = Invitation.objects.filter(status__in=UNANSWERED, due_at__lte=now, completed_at=None)
    rows = rows.filter(Q(expires_at=None) | Q(expires_at__gt=now))
    rows = rows.exclude(dispatch__status=Dispatch.Status.STOPPED)
    return list(rows.order_by("due_at", "pk").values_list("pk", flat=True)[:PORTION])


def remind(pk: int, post: Post) -> bool:
    """Whether a reminder went out. Raises `Down`."""
    post.open()
    claimed = _claim(pk)
    if claimed is None:
        return False
    row, sending, view = claimed
    try:
        post.send(letter(row, sending, view, reminder=row.reminders))
    except Later:
        contact.release(ledger_key(row.key, row.reminders))
        later = timezone.now() + FIRST_PAUSE * 10
        Invitation.objects.filter(pk=pk).update(reminders=row.reminders - 1, due_at=later)
        return False
    except Never as never:
        contact.release(ledger_key(row.key, row.reminders))
        if never.dead:
            contact.bounced(row.email, record_id=row.person_id)
        return False
    except Unclear:
        return False
    Invitation.objects.filter(pk=pk).update(reminded_at=timezone.now())
    return True


def _claim(pk: int) -> tuple[Invitation, Sending, RecordView] | None:
    snapshot, now = live(), timezone.now()
    with transaction.atomic():
        row = (
            Invitation.objects.select_for_update(of=("self",))
            .filter(pk=pk, status__in=UNANSWERED)
            .first()
        )
        if row is None or row.due_at is None or row.due_at > now:
            return None
        survey = survey_of(snapshot, row.survey)
        gone = row.person_id is None or row.record_id is None
        if survey is None or gone or is_over(survey.settings.get("closes"), now):
            _no_more(row)
            return None
        sending = Sending(survey, snapshot)
        if row.reminders >= len(sending.reminders) or row.sent_at is None:
            _no_more(row)
            return None
        try:
            view = reading.get(row.record_id or 0, access=Access.system())
        except NotVisible:
            _no_more(row)
            return None
        row.reminders += 1
        answer = contact.claim(
            sending.message(row.key), Addressee(row.person_id, row.email),
            key=ledger_key(row.key, row.reminders), snapshot=snapshot, now=now,
        )  # fmt: skip
        if answer.code == OVER:
            Invitation.objects.filter(pk=pk).update(due_at=answer.next_free)
            return None
        if not answer.allowed:
            _no_more(row)
            return None
        following = sending.reminder_due(row.sent_at, row.reminders)
        Invitation.objects.filter(pk=pk).update(reminders=row.reminders, due_at=following)
        return row, sending, view


def _no_more(row: Invitation) -> None:
    Invitation.objects.filter(pk=row.pk).update(due_at=None)
