"""One's activities for a calendar program, by a secret address. It shows what its owner may see at that moment."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Alarm, Calendar, Event, vRecur

from crm_config.models import User
from records.access import Access
from records.selectors.names import record_url
from records.tokens import digest
from workflows.models import CalendarFeed, Reminder, Repetition
from workflows.todo.calendar import Entry, entries
from workflows.todo.rules import Rule
from workflows.todo.sources.activities import about, moment_of

#: How far back and ahead it reaches.
BACK, AHEAD = timedelta(days=60), timedelta(days=365)
#: What has no end of its own is shown as long as this.
USUAL = timedelta(minutes=30)
#: How exactly `last_used_at` is kept: programs ask often.
USE_NOTED_EVERY = timedelta(hours=1)


def renew(user: User) -> str:
    """A new secret, known at this moment alone; the one before it opens nothing any more."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=user,
        defaults={"digest": digest(secret), "created_at": timezone.now(), "last_used_at": None},
    )
    return secret


def withdraw(user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()


def owner_of(secret: str) -> User | None:
    """None where the address opens nothing: also of somebody who may no longer log in."""
    found = CalendarFeed.objects.select_related("user").filter(digest=digest(secret)).first()
    if found is None or not found.user.is_active:
        return None
    now = timezone.now()
    if found.last_used_at is None or now - found.last_used_at > USE_NOTED_EVERY:
        CalendarFeed.objects.filter(pk=found.pk).update(last_used_at=now)
    user: User = found.user
    return user


def calendar(user: User) -> bytes:
    access = Access.of(user)
    today = access.now.astimezone(access.tz).date()
    made = Calendar()
    made.add("prodid", "-//Relata//To do//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"{settings.WAGTAIL_SITE_NAME}: {user}")
    by_day = entries(access, user.pk, today - BACK, today + AHEAD)
    open_ids = [e.record.id for some in by_day.values() for e in some if not e.done]
    rules = Repetition.objects.filter(record_id__in=open_ids).values_list("record_id", "rule")
    again = {pk: Rule.of(kept) for pk, kept in rules}
    reminders = Reminder.objects.filter(user=user, record_id__in=open_ids, minutes__isnull=False)
    alarms = dict(reminders.values_list("record_id", "minutes"))
    for day in sorted(by_day):
        for entry in by_day[day]:
            pk = entry.record.id
            made.add_component(_event(entry, again.get(pk), alarms.get(pk), access))
    return bytes(made.to_ical())


def _event(entry: Entry, rule: Rule | None, minutes: int | None, access: Access) -> Event:
    """The record's own moment of change stamps it, so that the same records give the same bytes."""
    record = entry.record
    begins = moment_of(record) or record.record.created_at
    event = Event()
    event.add("uid", f"{record.id}@{settings.WAGTAILADMIN_BASE_URL.rpartition('/')[2]}")
    event.add("dtstamp", record.record.modified_at)
    if rule is not None:
        # What comes again is told by the clock on the wall: nine stays nine when clocks change.
        begins = begins.astimezone(access.tz)
        event.add("rrule", vRecur.from_ical(rule.ical))
    event.add("dtstart", begins)
    event.add("dtend", begins + USUAL)
    event.add("summary", f"✓ {record.title}" if entry.done else record.title)
    event.add("categories", [record.type.label])
    event.add("url", settings.WAGTAILADMIN_BASE_URL + record_url(record.id))
    event.add("sequence", record.version)
    if titles := [title for _pk, title in about(record)]:
        event.add("description", ", ".join(titles))
    if minutes is not None and not entry.done:
        event.add_component(_alarm(minutes, record.title))
    return event


def _alarm(minutes: int, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm
