"""Reminders: asked for, moved along with the activity, and told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.models import User
from jobs.services import enqueue
from records.access import Access
from records.errors import NotVisible
from records.gate.batch import Batch
from records.gate.draft import Draft
from records.selectors import RecordView, get
from workflows.models import Notification, Reminder, TodoSettings
from workflows.todo.language import language_of
from workflows.todo.sources.activities import TIMES, TRAIT, moment_of

MAIL = "workflows.todo.mail"
AT_ONCE = 500
#: A field of an activity, a moment: its owner is reminded then.
OWN = "reminder"
#: How long before, in minutes.
LENGTHS = (
    (0, gettext_lazy("When it begins")),
    (10, gettext_lazy("10 minutes before")),
    (30, gettext_lazy("Half an hour before")),
    (60, gettext_lazy("An hour before")),
    (180, gettext_lazy("Three hours before")),
    (1440, gettext_lazy("A day before")),
    (10080, gettext_lazy("A week before")),
)


def of(record_id: int, *, access: Access) -> Reminder | None:
    return Reminder.objects.filter(record_id=record_id, user=access.user_id).first()


def remind(record: RecordView, minutes: int | None, *, access: Access) -> Reminder | None:
    """One's own; None takes it back."""
    mine = Reminder.objects.filter(record_id=record.id, user=access.user_id)
    if minutes is None or access.user is None:
        mine.delete()
        return None
    at = _before(moment_of(record), minutes)
    row, _made = Reminder.objects.update_or_create(
        user=access.user,
        record_id=record.id,
        defaults={"minutes": minutes, "at": at, "told_at": None},
    )
    return row


def moved_by(batch: Batch) -> list[Draft]:
    """Activities whose time changed, the new ones among them."""
    return [
        draft
        for draft in batch.drafts
        if draft.outcome.written
        and draft.action in ("create", "change")
        and TRAIT in draft.record_type.traits
        and draft.outcome.changed.intersection((*TIMES, OWN))
    ]


def follow(drafts: Sequence[Draft], now: datetime) -> None:
    """Reminders move along; who wants to be reminded of what is new of theirs, gets one."""
    changed = {d.outcome.id or 0: d for d in drafts if d.action == "change"}
    kept = Reminder.objects.filter(record_id__in=list(changed), minutes__isnull=False)
    rows = list(kept) if changed else []
    for row in rows:
        at = _before(_moment(changed[row.record_id]), row.minutes or 0)
        row.told_at = None if at is not None and at > now else row.told_at
        row.at = at
    Reminder.objects.bulk_update(rows, ["at", "told_at"])
    _begin([d for d in drafts if d.action == "create"], now)
    for draft in drafts:
        if OWN in draft.outcome.changed:
            _say_when(draft)


def _say_when(draft: Draft) -> None:
    """The field says when its owner is reminded; emptied, not any more."""
    record_id, at = draft.outcome.id or 0, draft.after.get(OWN)
    Reminder.objects.filter(record_id=record_id, minutes=None).delete()
    if draft.owner_id is not None and isinstance(at, datetime):
        Reminder.objects.update_or_create(
            user_id=draft.owner_id,
            record_id=record_id,
            defaults={"minutes": None, "at": at, "told_at": None},
        )


def _begin(drafts: Sequence[Draft], now: datetime) -> None:
    owners = {d.owner_id for d in drafts if d.owner_id is not None}
    if not owners:
        return
    wishes = TodoSettings.objects.filter(user__in=owners, remind__isnull=False)
    wanted = dict(wishes.values_list("user", "remind"))
    fresh = []
    for draft in drafts:
        minutes = wanted.get(draft.owner_id or 0)
        at = _before(_moment(draft), minutes or 0)
        if draft.owner_id is None or draft.outcome.id is None:
            continue
        if minutes is not None and at is not None and at > now:
            fresh.append(
                Reminder(user_id=draft.owner_id, record_id=draft.outcome.id, minutes=minutes, at=at)
            )
    Reminder.objects.bulk_create(fresh, ignore_conflicts=True)


def carry_over(record_id: int, to: int, times: Mapping[str, str]) -> None:
    """Who was reminded of what is done is reminded of the next one, as long before."""
    first = min((datetime.fromisoformat(at) for at in times.values()), default=None)
    rows = Reminder.objects.filter(record_id=record_id, minutes__isnull=False)
    Reminder.objects.bulk_create(
        [
            Reminder(
                user_id=row.user_id,
                record_id=to,
                minutes=row.minutes,
                at=_before(first, row.minutes or 0),
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )


def _moment(draft: Draft) -> datetime | None:
    return min((draft.after[key] for key in TIMES if draft.after.get(key)), default=None)


def _before(moment: datetime | None, minutes: int) -> datetime | None:
    return moment - timedelta(minutes=minutes) if moment is not None else None


def tell_due(now: datetime) -> int:
    """Each once: whoever marks it as told tells it."""
    rows = Reminder.objects.filter(told_at=None, at__lte=now).select_related("user")
    told = 0
    for row in list(rows.order_by("at", "pk")[:AT_ONCE]):
        with transaction.atomic():
            if Reminder.objects.filter(pk=row.pk, told_at=None, at=row.at).update(told_at=now):
                told += _tell(row)
    return told


def _tell(row: Reminder) -> bool:
    """Nothing where it is done, gone, or no longer for them. The word names no value but the time: the record
    behind it is shown to those who may see it."""
    user: User = row.user
    if not user.is_active or (found := _standing(row.record_id, user)) is None:
        return False
    record, access = found
    moment = moment_of(record)
    with translation.override(language_of(user)):
        when = (
            formats.date_format(moment.astimezone(access.tz), "SHORT_DATETIME_FORMAT")
            if moment
            else ""
        )
        text = _("Reminder: %(type)s, %(when)s") % {"type": record.type.label, "when": when}
    Notification.objects.create(user=user, record_id=row.record_id, text=text[:500])
    wishes = TodoSettings.objects.filter(user=user).first()
    if user.email and (wishes is None or wishes.mail):
        args = {"what": "reminder", "user": user.pk, "record": row.record_id, "text": text}
        enqueue(kind=MAIL, args=args, key=f"{MAIL}:{row.pk}:{row.at}", once=True)
    return True


def _standing(record_id: int, user: User) -> tuple[RecordView, Access] | None:
    access = Access.of(user)
    try:
        record = get(record_id, access=access)
    except NotVisible:
        return None
    done = "done" in record.readable and record.value("done")
    return None if record.archived or done else (record, access)
