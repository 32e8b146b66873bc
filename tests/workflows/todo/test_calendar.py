"""The calendar, and the feed for calendar programs."""

from datetime import date, datetime, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.records.screens import browser, text_of
from tests.workflows.todo.world import publish, task
from workflows.models import CalendarFeed
from workflows.todo.calendar import VIEWS, span
from workflows.todo.feed import renew


@given(st.sampled_from(VIEWS), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_spans_hold_their_day_and_meet_their_neighbours(view: str, day: date) -> None:
    found = span(view, day)
    assert day in found.days and (view == "day" or found.first.weekday() == 0)
    assert len(found.days) in {"day": {1}, "week": {7}, "month": {28, 35, 42}}[view]
    assert span(view, found.after).first <= found.last <= span(view, found.after).last
    assert found.before not in found.days or view == "month"


@pytest.mark.django_db
def test_a_week_shows_what_is_in_it_also_what_is_done(cast: Cast) -> None:
    publish()
    task(cast.owner, 0, subject="Open one")
    task(cast.owner, 0, subject="Done one", done=True)
    task(cast.owner, 60, subject="Far away")
    task(cast.stranger, 0, subject="Not mine")
    page = text_of(browser(cast.owner).get(reverse("todo:calendar")))
    assert "Open one" in page and "td-entry--done" in page
    assert "Far away" not in page and "Not mine" not in page
    far = (timezone.now() + timedelta(days=60)).date().isoformat()
    client = browser(cast.owner)
    for view in VIEWS:
        assert "Far away" in text_of(
            client.get(reverse("todo:calendar"), {"view": view, "day": far})
        )
    for odd in ("2026-99-99", "soon", ""):
        assert client.get(reverse("todo:calendar"), {"day": odd}).status_code == 200


@pytest.mark.django_db
def test_the_feed_holds_what_its_owner_sees(cast: Cast) -> None:
    publish()
    pk = task(cast.owner, 2, subject="Call, then write; both")
    task(cast.stranger, 2, subject="Not mine")
    secret = renew(cast.owner)
    assert secret not in CalendarFeed.objects.get().digest
    anybody = Client()
    answer = anybody.get(reverse("calendar_feed", args=[secret]))
    assert answer["Content-Type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(e["summary"]) for e in events] == ["Call, then write; both"]
    assert str(pk) in str(events[0]["uid"]) and isinstance(events[0].decoded("dtstart"), datetime)
    again = anybody.get(reverse("calendar_feed", args=[secret]), HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.status_code == 304


@pytest.mark.django_db
def test_an_address_that_was_taken_back_or_guessed_opens_nothing(cast: Cast) -> None:
    publish()
    first = renew(cast.owner)
    second = renew(cast.owner)
    anybody = Client()

    def status(secret: str) -> int:
        return anybody.get(reverse("calendar_feed", args=[secret])).status_code

    assert (status(first), status("guess"), status(second)) == (404, 404, 200)
    browser(cast.owner).post(reverse("todo:feed"), {"act": "withdraw"})
    assert status(second) == 404
    third = renew(cast.owner)
    cast.owner.is_active = False
    cast.owner.save()
    assert status(third) == 404


@pytest.mark.django_db
def test_the_address_is_shown_once(cast: Cast) -> None:
    publish()
    client = browser(cast.owner)
    made = text_of(client.post(reverse("todo:feed"), {"act": "renew"}))
    assert "/ical/" in made and ".ics" in made
    later = text_of(client.get(reverse("todo:feed")))
    assert "/ical/" not in later and "Make a new address" in later
