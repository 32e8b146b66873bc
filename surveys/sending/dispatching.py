"""Sendings to many: planned, running, stopped, done. Their invitations are made by a job, chunk by chunk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config.conditions.api import ConditionInvalid
from jobs.errors import Permanent
from jobs.runs import JobRun
from jobs.services import enqueue
from records.access import Access
from records.errors import Forbidden
from records.selection import Selection, chunks, how_many
from surveys.definitions import SurveyDef, survey_of
from surveys.models import Dispatch, Invitation, Response
from surveys.sending.inviting import invite
from surveys.sending.rights import ACTION, may_send
from surveys.sending.settings import Sending

MAKE = "surveys.make_invitations"
SEND = "surveys.send"
CHUNK = 200
Status = Dispatch.Status


def plan(
    survey: SurveyDef,
    selection: Selection,
    *,
    access: Access,
    name: str = "",
    per_hour: int | None = None,
    starts_at: datetime | None = None,
) -> Dispatch:
    """Begins at once where no moment is given. Raises `Forbidden`."""
    if not may_send(survey, access) or selection.type != survey.type:
        raise Forbidden(_("You may not send this survey."))
    usual = Sending(survey, access.snapshot).per_hour
    with transaction.atomic():
        row = Dispatch.objects.create(
            survey=survey.key,
            name=name[:200] or survey.label,
            chosen=selection.json(),
            per_hour=usual if per_hour is None else per_hour,
            starts_at=starts_at,
            created_by=access.user,
        )
        if starts_at is None or starts_at <= timezone.now():
            begin(row)
    return row


def begin(row: Dispatch) -> None:
    if Dispatch.objects.filter(pk=row.pk, status=Status.PLANNED).update(status=Status.RUNNING):
        enqueue(kind=MAKE, args={"dispatch": row.pk}, key=f"{MAKE}:{row.pk}", user=row.created_by)
        row.status = Status.RUNNING


def begin_due(now: datetime) -> int:
    rows = Dispatch.objects.filter(status=Status.PLANNED, starts_at__lte=now)
    for row in rows:
        with transaction.atomic():
            begin(row)
    return len(rows)


def make(run: JobRun) -> dict[str, Any]:
    """Chunk by chunk; begun again, it goes on after the last. With the rights of who planned it, as they are now."""
    row = Dispatch.objects.select_related("created_by").get(pk=run.args["dispatch"])
    access = Access.of(row.created_by or AnonymousUser())
    survey = survey_of(access.snapshot, row.survey)
    if survey is None or not may_send(survey, access):
        Dispatch.objects.filter(pk=row.pk).update(status=Status.STOPPED)
        raise Permanent(_("The survey is not in use, or its sender may not send it any more."))
    selection = Selection.of(row.chosen)
    seen = run.cursor or {"after": 0, "seen": 0}
    try:
        total = how_many(selection, access=access, action=ACTION).number
        for ids in chunks(selection, access=access, size=CHUNK, after=seen["after"], action=ACTION):
            run.stop_if_cancelled()
            if Dispatch.objects.filter(pk=row.pk, status=Status.STOPPED).exists():
                return seen
            with transaction.atomic():
                invite(survey, ids, access=access, dispatch=row)
                seen = {"after": ids[-1], "seen": seen["seen"] + len(ids)}
                run.progress(seen["seen"], total)
                run.checkpoint(seen)
                send_soon()
    except (ConditionInvalid, Forbidden) as error:
        raise Permanent(str(error)) from error
    Dispatch.objects.filter(pk=row.pk).update(made_at=timezone.now())
    finish()
    return seen


def send_soon() -> None:
    enqueue(kind=SEND, args={}, key=SEND)


def stop(row: Dispatch) -> bool:
    """What was sent, was sent; the rest waits."""
    standing = Dispatch.objects.filter(pk=row.pk, status__in=(Status.PLANNED, Status.RUNNING))
    return bool(standing.update(status=Status.STOPPED))


def go_on(row: Dispatch) -> bool:
    """The rest, from now on, as fast as before."""
    with transaction.atomic():
        stopped = Dispatch.objects.filter(pk=row.pk, status=Status.STOPPED)
        if not stopped.update(status=Status.RUNNING):
            return False
        _move(row)
        if row.made_at is None:
            args = {"dispatch": row.pk}
            enqueue(kind=MAKE, args=args, key=f"{MAKE}:{row.pk}", user=row.created_by)
        send_soon()
    return True


def _move(row: Dispatch) -> None:
    """By as much as the first of those that wait is late."""
    waiting = Invitation.objects.filter(dispatch=row, status=Invitation.Status.QUEUED)
    first = waiting.order_by("due_at").values_list("due_at", flat=True).first()
    now = timezone.now()
    if first is not None and first < now:
        waiting.update(due_at=F("due_at") + (now - first))


def finish() -> int:
    """Those of which nothing is left to be sent."""
    open_ones = Q(invitations__status__in=(Invitation.Status.QUEUED, Invitation.Status.SENDING))
    running = Dispatch.objects.filter(status=Status.RUNNING, made_at__isnull=False)
    done = running.annotate(left=Count("invitations", filter=open_ones)).filter(left=0)
    ids = list(done.values_list("pk", flat=True))
    return Dispatch.objects.filter(pk__in=ids).update(status=Status.DONE, done_at=timezone.now())


def send_again(row: Dispatch) -> int:
    """Those of which nobody knows whether they were sent: a person decided so."""
    unsure = Invitation.objects.filter(dispatch=row, status=Invitation.Status.UNSURE)
    with transaction.atomic():
        number = unsure.update(status=Invitation.Status.QUEUED, due_at=timezone.now(), why="")
        Dispatch.objects.filter(pk=row.pk, status=Status.DONE).update(status=Status.RUNNING)
        send_soon()
    return number


def counts(row: Dispatch) -> Mapping[str, int]:
    """How far its invitations came. One that was answered was sent as well, and counts there too."""
    state = Invitation.Status
    answered = (state.STARTED, state.COMPLETED)
    rows = Invitation.objects.filter(dispatch=row)
    found: dict[str, int] = rows.aggregate(
        made=Count("pk", filter=~Q(status=state.SKIPPED)),
        left=Count("pk", filter=Q(status=state.SKIPPED)),
        waiting=Count("pk", filter=Q(status__in=(state.QUEUED, state.SENDING))),
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        delivered=Count("pk", filter=Q(delivered_at__isnull=False)),
        opened=Count("pk", filter=Q(opened_at__isnull=False)),
        # Of anonymous surveys, no moment is kept.
        started=Count("pk", filter=Q(started_at__isnull=False) | Q(status__in=answered)),
        completed=Count("pk", filter=Q(status=state.COMPLETED)),
        bounced=Count("pk", filter=Q(status=state.BOUNCED)),
        failed=Count("pk", filter=Q(status=state.FAILED)),
        complained=Count("pk", filter=Q(complained_at__isnull=False)),
        cancelled=Count("pk", filter=Q(status=state.CANCELLED)),
        unsure=Count("pk", filter=Q(status=state.UNSURE)),
        reminded=Count("pk", filter=Q(reminders__gt=0)),
    )
    partial = Response.objects.filter(
        invitation__dispatch=row, status=Response.Status.PARTIAL, is_test=False
    )
    return {**found, "partial": partial.count()}
