"""An activity on another day: at the same time by the clock on the wall, by whoever may change it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from records.access import Access
from records.selectors import get
from tests.cast import Cast
from tests.workflows.todo.world import publish, task
from workflows.models import Reminder
from workflows.todo import reminding, rescheduling

pytestmark = pytest.mark.django_db
PART = {"HTTP_X_PART": "1"}


@pytest.fixture(autouse=True)
def tasks(cast: Cast) -> None:
    publish()


def moments(pk: int, cast: Cast) -> list[Any]:
    access = Access.of(cast.owner)
    view = get(pk, access=access)
    return [view.value(k).astimezone(access.tz).replace(tzinfo=None) for k in ("starts", "due")]


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_all_its_times_move_and_its_reminder_with_them(cast: Cast) -> None:
    pk = task(cast.owner, 0, starts="2026-03-27T07:00:00Z", due="2026-03-28T15:00:00Z")
    access = Access.of(cast.owner)
    reminding.remind(get(pk, access=access), 60, access=access)
    before = moments(pk, cast)
    to = date(2026, 3, 30)
    url = reverse("todo:reschedule", args=[pk])
    # Clocks went forward in between: nine stays nine.
    assert as_(cast.owner).post(
        url, {"day": to.isoformat(), "base_version": "1"}, **PART
    ).json() == {"id": pk}
    assert [b - a for a, b in zip(before, moments(pk, cast), strict=True)] == [
        timedelta(days=3)
    ] * 2
    assert Reminder.objects.get().at == get(pk, access=access).value("starts") - timedelta(hours=1)


def test_what_others_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    pk = task(cast.owner, 0, starts="2026-03-27T07:00:00Z")
    client, url = as_(cast.owner), reverse("todo:reschedule", args=[pk])
    assert client.post(url, {"day": "2026-03-28", "base_version": "1"}).status_code == 302
    late = client.post(url, {"day": "2026-03-30", "base_version": "1", "dragged": "1"}, **PART)
    assert late.status_code == 422


def test_it_is_for_who_may_change_it(cast: Cast) -> None:
    pk = task(cast.owner, 0)
    url = reverse("todo:reschedule", args=[pk])
    for user in (cast.stranger, cast.outsider):
        assert as_(user).post(url, {"day": "2026-03-28"}).status_code in (302, 404)
    access = Access.of(cast.owner)
    assert get(pk, access=access).version == 1 and rescheduling.may_move(get(pk, access=access))


def test_the_calendar_offers_it_by_mouse_menu_and_key(cast: Cast) -> None:
    pk, done = task(cast.owner, 0), task(cast.owner, 0, done=True)
    page = as_(cast.owner).get(reverse("todo:calendar")).content.decode()
    url = reverse("todo:reschedule", args=[pk])
    assert f'data-move="{url}"' in page and f'href="{url}"' in page
    assert reverse("todo:reschedule", args=[done]) not in page
    asked = as_(cast.owner).get(url)
    assert asked.status_code == 200 and "A week later" in asked.content.decode()
