"""What people see of deadlines: on a record's page, in the report; and where administrators write them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm_config.models import Role
from jobs.services import run_pending
from records.access import Access
from records.selectors import get
from tests.cast import create
from tests.workflows.deadlines import world
from workflows.deadlines.definitions import CalendarDef
from workflows.deadlines.examples import example
from workflows.deadlines.selectors import late_for, measured, of_record
from workflows.deadlines.shown import span
from workflows.models import BusinessCalendar, Deadline, ServiceLevel


@pytest.fixture
def deal(cast):
    world.publish(world.level())
    found = create("deal", cast.owner, name="One", team=cast.north.pk)
    run_pending(due_only=True)
    return found


def page(client, user, record_id):
    client.force_login(user)
    response = client.get(reverse("records:record", args=[record_id]))
    return response.status_code, response.content.decode()


def test_a_record_s_page_counts_down(client, cast, deal):
    _status, html = page(client, cast.owner, deal)
    assert "First answer" in html
    assert "in 59 min" in html
    assert "in 9 h 59 min" in html


def test_it_says_how_late_it_is(client, cast, deal):
    world.back(world.of(deal), minutes=100)
    _status, html = page(client, cast.owner, deal)
    assert "40 min late" in html
    assert "wf-deadline--late" in html


def test_it_says_that_time_stands_still_and_how_it_ended(client, cast, deal):
    world.change(deal, close_date="2026-01-01", tags=["big"])
    _status, html = page(client, cast.owner, deal)
    assert "done in time" in html
    assert "the time stands still" in html


def test_the_outsider_sees_nothing(client, cast, deal):
    status, html = page(client, cast.outsider, deal)
    assert status != 200
    assert "First answer" not in html


def test_types_without_a_service_level_cost_no_query(cast, deal):
    other = create("organisation", cast.owner, name="Acme")
    record = get(other, access=Access.of(cast.owner))
    with CaptureQueriesContext(connection) as asked:
        assert of_record(record) == []
    assert len(asked) == 0


def test_the_late_ones_are_those_of_the_person_that_may_be_seen(cast, deal):
    assert late_for(Access.of(cast.owner), user=cast.owner.pk) == []
    row = world.back(world.of(deal), hours=2)
    Deadline.objects.filter(pk=row.pk).update(breached_at=row.due_at)
    (found,) = late_for(Access.of(cast.owner), user=cast.owner.pk)
    assert (found[0].id, found[1].target) == (deal, "answer")
    assert late_for(Access.of(cast.manager), user=cast.owner.pk) != []
    assert late_for(Access.of(cast.stranger), user=cast.owner.pk) == []
    assert late_for(Access.of(cast.outsider), user=cast.owner.pk) == []


def late_queries(cast, number: int) -> int:
    ids = [create("deal", cast.owner, name=str(n)) for n in range(number)]
    run_pending(due_only=True)
    Deadline.objects.filter(record__in=ids).update(breached_at=datetime.now(UTC))
    access = Access.of(cast.owner)
    with CaptureQueriesContext(connection) as asked:
        assert len(late_for(access, user=cast.owner.pk)) >= number
    return len(asked)


def test_many_late_ones_are_found_in_as_many_queries_as_few(cast, deal):
    assert late_queries(cast, 2) == late_queries(cast, 20)


def test_it_is_measured_what_was_in_time(cast, deal):
    deals = [create("deal", cast.owner, name=str(n)) for n in range(3)]
    run_pending(due_only=True)
    world.back(world.of(deals[0]), hours=2)
    for each in deals[:2]:
        world.change(each, close_date="2026-01-01")
    access = Access.of(cast.owner)
    rows = {row.target: row for row in measured(access.snapshot.types["deal"], access=access)}
    answer = rows["answer"]
    assert (answer.in_time, answer.late, answer.open) == (1, 1, 2)
    assert answer.share == 50
    assert answer.month == access.now.astimezone(access.tz).date().replace(day=1)
    assert rows["solution"].share is None
    stranger = Access.of(cast.stranger)
    assert list(measured(stranger.snapshot.types["deal"], access=stranger)) == []


def test_the_report_shows_each_what_they_may_see(client, cast, deal):
    client.force_login(cast.owner)
    html = client.get(reverse("deadlines:report")).content.decode()
    assert "First answer" in html
    client.force_login(cast.stranger)
    html = client.get(reverse("deadlines:report")).content.decode()
    assert "First answer" not in html
    assert "Nothing has been measured yet." in html


def test_a_calendar_is_written_and_shows_an_example(client, cast):
    client.force_login(cast.administrator)
    told = {
        "labels_en": "Office",
        "mon": "09:00-17:00",
        "fri": "9:00 - 12:30, 13:00–17:00",
        "country": "GR",
        "days": "2026-12-24",
    }
    client.post(reverse("deadline_studio:calendar_add"), told)
    row = BusinessCalendar.objects.get()
    assert row.key == "office"
    assert row.hours == {
        "mon": [["09:00", "17:00"]],
        "fri": [["09:00", "12:30"], ["13:00", "17:00"]],
    }
    assert row.days == [{"date": "2026-12-24"}]
    html = client.get(reverse("deadline_studio:calendar", args=["office"])).content.decode()
    assert "16:30 is due on Monday" in html
    assert "9:00 - 12:30" not in html and "09:00-12:30, 13:00-17:00" in html


@pytest.mark.parametrize("hours", ["nine to five", "09:00-25:00", "17:00-09:00"])
def test_hours_that_make_no_sense_are_refused(client, cast, hours):
    client.force_login(cast.administrator)
    told = {"labels_en": "Office", "mon": hours}
    response = client.post(reverse("deadline_studio:calendar_add"), told)
    assert response.status_code == 200
    assert not BusinessCalendar.objects.exists()


def test_a_level_and_its_targets_are_written(client, cast):
    world.publish()
    client.force_login(cast.administrator)
    url = f"{reverse('deadline_studio:level_add')}?type=deal"
    told = {
        "labels_en": "Usual",
        "calendar": "always",
        "order": "1",
        "warn_at": "75",
        "pauses": json.dumps(world.WAITS),
        "after_1": "120",
        "whom_1": "team_lead",
        "after_2": "150",
        "whom_2": "role:manager",
    }
    assert client.post(url, told).status_code == 302
    target = {"labels_en": "First answer", "hours": "1", "minutes": "30"}
    target["met"] = json.dumps(world.DATED)
    client.post(reverse("deadline_studio:target_add", args=["usual"]), target)
    row = ServiceLevel.objects.get()
    assert (row.record_type, row.warn_at, row.pauses) == ("deal", 75, world.WAITS)
    assert row.escalations == [
        {"after_percent": 120, "notify": "team_lead"},
        {"after_percent": 150, "notify": "role", "role": "manager"},
    ]
    assert row.targets == [
        {"key": "first_answer", "labels": {"en": "First answer"}, "minutes": 90, "met": world.DATED}
    ]
    html = client.get(reverse("deadline_studio:level", args=["usual"])).content.decode()
    assert "1 hour 30 minutes" in html
    target["hours"] = "2"
    client.post(reverse("deadline_studio:target", args=["usual", "first_answer"]), target)
    assert ServiceLevel.objects.get().targets[0]["minutes"] == 150
    client.post(reverse("deadline_studio:target_delete", args=["usual", "first_answer"]))
    assert ServiceLevel.objects.get().targets == []


def test_a_calendar_that_is_used_is_not_deleted(client, cast):
    world.publish(world.level())
    client.force_login(cast.administrator)
    url = reverse("deadline_studio:calendar_delete", args=["always"])
    client.post(url)
    assert BusinessCalendar.objects.exists()
    client.post(reverse("deadline_studio:level_delete", args=["usual"]))
    client.post(url)
    assert not BusinessCalendar.objects.exists()


def test_the_studio_is_for_administrators(client, cast):
    world.publish(world.level())
    assert Role.objects.get(key="manager")
    client.force_login(cast.manager)
    for name, args in (
        ("calendars", []),
        ("calendar", ["always"]),
        ("levels", []),
        ("level", ["usual"]),
        ("target", ["usual", "answer"]),
    ):
        response = client.get(reverse(f"deadline_studio:{name}", args=args))
        assert response.status_code in (302, 403)


def test_an_example_tells_friday_afternoon():
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("09:00", "17:00"),))
    office = CalendarDef("office", week, time_zone="Europe/Athens")
    now = datetime(2026, 11, 24, tzinfo=UTC)
    said = example(office, timedelta(hours=2), now)
    assert said == "What begins on Friday 27 November, 16:30 is due on Monday 30 November, 10:30."


@pytest.mark.parametrize(
    ("length", "said"),
    [
        ({"minutes": 40}, "40 min"),
        ({"minutes": 130}, "2 h 10 min"),
        ({"days": 3, "hours": 4}, "3 days 4 h"),
        ({"days": 1}, "1 day"),
        ({"seconds": -5}, "0 min"),
    ],
)
def test_spans_have_their_two_largest_parts(length, said):
    assert span(timedelta(**length)) == said
