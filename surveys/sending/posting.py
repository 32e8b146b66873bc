"""Invitations that are due are sent, one by one: claimed, sent, marked.

Claimed is by a conditional update, together with the line of the contact ledger; so two workers never send one mail,
and a worker that is killed leaves a claim that tells what it was about."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from crm_config.live import live
from records.access import Access
from records.contact import services as contact
from records.contact.asking import Addressee
from records.errors import NotVisible
from records.selectors import reading
from records.selectors.reading import RecordView
from surveys.definitions import survey_of
from surveys.models import Dispatch, Invitation
from surveys.sending import reasons
from surveys.sending.inviting import HOUR, ledger_key
from surveys.sending.letters import letter, message_id
from surveys.sending.post import Later, Never, Post, Unclear
from surveys.sending.settings import Sending

logger = logging.getLogger(__name__)
Status = Invitation.Status
MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)
#: A claim that is older was left by a worker that is gone.
LEASE = timedelta(minutes=10)
PORTION = 200


def due(now: datetime) -> Iterator[int]:
    """The next ones, in the order in which they are due. Of a dispatch that is staggered, no more than may go within
    the hour."""
    full = [pk for pk, left in _left_this_hour(now).items() if left <= 0]
    rows = Invitation.objects.filter(status=Status.QUEUED, due_at__lte=now)
    rows = rows.filter(Q(dispatch=None) | Q(dispatch__status=Dispatch.Status.RUNNING))
    ids = rows.exclude(dispatch__in=full).order_by("due_at", "pk").values_list("pk", "dispatch")
    left = _left_this_hour(now)
    for pk, dispatch in list(ids[:PORTION]):
        if dispatch in left:
            if left[dispatch] <= 0:
                continue
            left[dispatch] -= 1
        yield pk


def _left_this_hour(now: datetime) -> dict[int, int]:
    rows = Dispatch.objects.filter(status=Dispatch.Status.RUNNING, per_hour__gt=0)
    sent = Count("invitations", filter=Q(invitations__sent_at__gt=now - HOUR))
    counted = rows.annotate(sent=sent).values_list("pk", "per_hour", "sent")
    return {pk: per_hour - number for pk, per_hour, number in counted}


def send(pk: int, post: Post) -> str:
    """What became of it, as its status; empty where somebody else has it. Raises `Down`."""
    post.open()
    claimed = _claim(pk)
    if claimed is None:
        return ""
    row, sending, mail = claimed
    try:
        message = post.send(mail)
    except Later as late:
        return _again(row, str(late))
    except Never as never:
        return _never(row, never)
    except Unclear as unclear:
        return _unsure(row, str(unclear))
    now = timezone.now()
    return _mark(
        row, Status.SENT, sent_at=now, message_id=message[:200], why="",
        expires_at=sending.expires(now), due_at=sending.reminder_due(now, 0),
    )  # fmt: skip


def _claim(pk: int) -> tuple[Invitation, Sending, EmailMultiAlternatives] | None:
    """In one transaction: the row, and the line of the ledger."""
    snapshot, now = live(), timezone.now()
    with transaction.atomic():
        mine = Invitation.objects.filter(pk=pk, status=Status.QUEUED)
        mine = mine.exclude(dispatch__status=Dispatch.Status.STOPPED)
        if not mine.update(status=Status.SENDING, claimed_at=now):
            return None
        row = Invitation.objects.get(pk=pk)
        survey = survey_of(snapshot, row.survey)
        if survey is None or is_over(survey.settings.get("closes"), now):
            _stop(row, Status.CANCELLED, reasons.CLOSED)
            return None
        if row.person_id is None or row.record_id is None:
            _stop(row, Status.CANCELLED, reasons.ERASED, email="")
            return None
        try:
            view = reading.get(row.record_id, access=Access.system())
        except NotVisible:
            _stop(row, Status.CANCELLED, reasons.ERASED, email="")
            return None
        sending = Sending(survey, snapshot)
        answer = contact.claim(
            sending.message(row.key), Addressee(row.person_id, row.email),
            key=ledger_key(row.key), snapshot=snapshot, now=now,
        )  # fmt: skip
        if not answer.allowed:
            _skip(row, reasons.code_of(answer), answer.next_free)
            return None
        mail = _written(row, sending, view)
        if mail is None:
            return None
        # Known before it is sent, so that what the mail service tells of it finds it.
        Invitation.objects.filter(pk=pk).update(message_id=message_id(row))
        return row, sending, mail


def _written(row: Invitation, sending: Sending, view: RecordView) -> EmailMultiAlternatives | None:
    """What cannot be written does not hold up the others."""
    try:
        return letter(row, sending, view)
    except Exception as error:
        logger.exception("Invitation %s could not be written", row.pk)
        contact.release(ledger_key(row.key))
        _stop(row, Status.FAILED, f"{type(error).__name__}: {error}")
        return None


def is_over(closes: Any, now: datetime) -> bool:
    """A moment or a day, as the survey's settings say it; the whole day counts."""
    text = str(closes or "")
    if not text:
        return False
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    if "T" not in text and " " not in text:
        moment += timedelta(days=1)
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment <= now


def _stop(row: Invitation, status: str, why: str, **values: Any) -> None:
    Invitation.objects.filter(pk=row.pk).update(status=status, why=why[:300], due_at=None, **values)


def _skip(row: Invitation, why: str, next_free: datetime | None) -> None:
    """Its key is free again: the person may be asked for the same another time."""
    _stop(row, Status.SKIPPED, why, next_free=next_free, key=f"{row.key[:140]}#{row.pk}")


def _mark(row: Invitation, status: str, **values: Any) -> str:
    """Where nobody told of it meanwhile, as a mail service can before its answer is here."""
    changed = Invitation.objects.filter(pk=row.pk, status=Status.SENDING).update(
        status=status, claimed_at=None, **values
    )
    if not changed:
        kept = {n: v for n, v in values.items() if n in ("sent_at", "expires_at")}
        Invitation.objects.filter(pk=row.pk, sent_at=None).update(**kept)
    return status


def _again(row: Invitation, why: str) -> str:
    """After longer and longer pauses; in the end it is given up."""
    attempts = row.attempts + 1
    if attempts >= MOST_ATTEMPTS:
        contact.release(ledger_key(row.key))
        return _mark(row, Status.FAILED, why=why, attempts=attempts, due_at=None)
    later = timezone.now() + FIRST_PAUSE * 4**row.attempts
    return _mark(row, Status.QUEUED, why=why, attempts=attempts, due_at=later)


def _never(row: Invitation, never: Never) -> str:
    contact.release(ledger_key(row.key))
    if never.dead:
        contact.bounced(row.email, record_id=row.person_id)
    status = Status.BOUNCED if never.dead else Status.FAILED
    return _mark(row, status, why=str(never), due_at=None)


def _unsure(row: Invitation, why: str) -> str:
    return _mark(row, Status.UNSURE, why="unclear", due_at=None)


def find_lost(now: datetime) -> int:
    """Claims of workers that are gone: perhaps sent, perhaps not."""
    rows = Invitation.objects.filter(status=Status.SENDING, claimed_at__lt=now - LEASE)
    return rows.update(status=Status.UNSURE, why="unclear", claimed_at=None, due_at=None)
