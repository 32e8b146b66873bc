"""Reminders are told once, in the app and by mail, and move along; the day comes by mail where it is wanted."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate import Change
from records.selectors import get
from tests.cast import Cast
from tests.workflows.todo.world import publish, task
from workflows.models import Notification, Reminder, TodoSettings
from workflows.todo import digest, feed, reminding, repeating
from workflows.todo.rules import Rule

pytestmark = pytest.mark.django_db
HOUR = 1 / 24


@pytest.fixture(autouse=True)
def tasks(cast: Cast) -> None:
    publish()


def remind(pk: int, user: Any, minutes: int | None = 30) -> None:
    access = Access.of(user)
    reminding.remind(get(pk, access=access), minutes, access=access)


def change(pk: int, user: Any, **values: Any) -> None:
    found = Change("change", id=pk, values=values)
    assert services.execute_one(found, access=Access.of(user), channel="screen").ok


def told() -> int:
    return reminding.tell_due(timezone.now())


def test_it_is_told_once_in_the_app_and_by_mail_without_values(cast: Cast) -> None:
    pk = task(cast.owner, HOUR / 3, subject="Secret call")
    remind(pk, cast.owner)
    assert (told(), told()) == (1, 0)
    note = Notification.objects.get()
    assert (note.user, note.record_id) == (cast.owner, pk)
    assert note.text.startswith("Reminder: Task, ") and "Secret" not in note.text
    run_pending()
    [sent] = mail.outbox
    assert sent.to == [cast.owner.email] and "Secret" not in sent.subject + sent.body
    assert reverse("records:record", args=[pk]) in sent.body


def test_it_is_not_told_before_its_time_and_moves_along(cast: Cast) -> None:
    pk = task(cast.owner, 2 * HOUR)
    remind(pk, cast.owner)
    assert told() == 0
    change(pk, cast.owner, due=(timezone.now() + timedelta(minutes=20)).isoformat())
    assert told() == 1
    change(pk, cast.owner, due=(timezone.now() + timedelta(days=1)).isoformat())
    row = Reminder.objects.get()
    assert row.told_at is None and row.at > timezone.now()


def test_what_is_done_or_no_longer_seen_is_not_told(cast: Cast) -> None:
    finished, gone = task(cast.owner, 0), task(cast.owner, 0)
    for pk in (finished, gone):
        remind(pk, cast.owner)
    change(finished, cast.owner, done=True)
    passed_on = Change("change", id=gone, values={"owner": cast.stranger.pk})
    services.execute_one(passed_on, access=Access.system(), channel="system")
    assert told() == 0 and not Notification.objects.exists()


def test_who_wants_it_is_reminded_of_what_is_new_of_theirs(cast: Cast) -> None:
    TodoSettings.objects.create(user=cast.owner, remind=10, mail=False)
    task(cast.owner, HOUR / 4)
    task(cast.stranger, HOUR / 4)
    assert told() == 0
    assert reminding.tell_due(timezone.now() + timedelta(minutes=6)) == 1
    assert Notification.objects.get().user == cast.owner
    run_pending()
    assert not mail.outbox


def test_a_field_of_the_activity_says_when_its_owner_is_reminded(cast: Cast) -> None:
    pk = task(cast.owner, 5, reminder=(timezone.now() - timedelta(minutes=1)).isoformat())
    assert Reminder.objects.get().user == cast.owner
    assert told() == 1
    later = timezone.now() + timedelta(hours=1)
    change(pk, cast.owner, reminder=later.isoformat())
    row = Reminder.objects.get()
    assert (row.minutes, row.told_at) == (None, None) and told() == 0
    change(pk, cast.owner, due=(timezone.now() + timedelta(days=9)).isoformat())
    assert Reminder.objects.get().at == row.at
    change(pk, cast.owner, reminder=None)
    assert not Reminder.objects.exists()


def test_it_is_asked_for_on_a_page_and_shown(cast: Cast) -> None:
    pk = task(cast.owner, 1)
    client = Client()
    client.force_login(cast.stranger)
    assert client.post(reverse("todo:remind", args=[pk]), {"minutes": "60"}).status_code == 404
    client.force_login(cast.owner)
    assert client.post(reverse("todo:remind", args=[pk]), {"minutes": "60"}).status_code == 302
    page = client.get(reverse("records:record", args=[pk])).content.decode()
    assert "You are reminded: An hour before" in page
    client.post(reverse("todo:remind", args=[pk]), {"minutes": ""})
    assert not Reminder.objects.exists()


def test_the_feed_tells_calendar_programs_of_both(cast: Cast) -> None:
    pk = task(cast.owner, 1)
    remind(pk, cast.owner)
    access = Access.of(cast.owner)
    record = get(pk, access=access)
    day = record.value("due").astimezone(access.tz).date()
    repeating.repeat(record, Rule.at(day, every="week"), access=access)
    [event] = Calendar.from_ical(feed.calendar(cast.owner)).walk("VEVENT")
    assert event["rrule"]["FREQ"] == ["WEEKLY"]
    [alarm] = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(minutes=-30)


def test_the_day_comes_by_mail_once_a_morning_to_who_wants_it(cast: Cast) -> None:
    task(cast.owner, -1, subject="Late one")
    now = timezone.now()
    for user, at in ((cast.owner, time(0)), (cast.manager, time(0)), (cast.stranger, time.max)):
        TodoSettings.objects.create(user=user, digest=True, digest_at=at)
    TodoSettings.objects.create(user=cast.teammate)
    assert (digest.send_due(now), digest.send_due(now)) == (2, 0)
    run_pending()
    [sent] = mail.outbox
    assert sent.to == [cast.owner.email] and sent.subject == "Your day: 1 to do"
    assert "Late one (Task), 1 day late" in sent.body


def test_wishes_are_ones_own(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.owner)
    url = reverse("todo:settings")
    assert client.get(url).status_code == 200
    given = {"digest": "on", "digest_at": "06:30", "remind": "30"}
    assert client.post(url, given).status_code == 302
    kept = TodoSettings.objects.get()
    assert (kept.user, kept.digest, kept.remind, kept.mail) == (cast.owner, True, 30, False)
    assert client.post(url, {"digest_at": "never"}).status_code == 200
