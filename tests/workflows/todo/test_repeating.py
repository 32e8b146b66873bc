"""Once something that comes again is done, the next one is there: on every path, once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from records import services
from records.access import Access
from records.errors import Forbidden
from records.gate import Change
from records.models import Record, RecordLink
from records.selectors import get
from tests import company as small
from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.workflows.procedures.rules import procedure
from tests.workflows.todo.world import publish, task, with_activities
from workflows.models import Notification, Reminder, Repetition
from workflows.todo import reminding
from workflows.todo.repeating import repeat
from workflows.todo.rules import Rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def tasks(cast: Cast) -> None:
    publish()


def weekly(pk: int, user: Any, **more: Any) -> None:
    access = Access.of(user)
    record = get(pk, access=access)
    day = record.value("due").astimezone(access.tz).date()
    repeat(record, Rule.at(day, every="week", **more), access=access)


def done(pk: int, user: Any, **values: Any) -> Any:
    change = Change("change", id=pk, values={"done": True, **values})
    return services.execute_one(change, access=Access.of(user), channel="screen")


def wall(pk: int, user: Any) -> datetime:
    access = Access.of(user)
    found: datetime = get(pk, access=access).value("due")
    return found.astimezone(access.tz).replace(tzinfo=None)


def others(pk: int) -> list[Record]:
    return list(Record.unscoped.filter(type="task").exclude(pk=pk))


def test_the_next_one_is_made_a_week_later_without_what_came_of_this_one(
    cast: Cast, tasks: None
) -> None:
    firm = create("organisation", cast.owner, name="Firm")
    pk = task(cast.owner, 0, subject="Report", about=[firm], team=cast.north.pk)
    weekly(pk, cast.owner)
    assert done(pk, cast.owner, time_spent="PT15M").ok
    [fresh] = others(pk)
    assert (fresh.title, fresh.owner, fresh.team) == ("Report", cast.owner, cast.north)
    assert "done" not in fresh.data and "time_spent" not in fresh.data
    assert RecordLink.objects.get(source=fresh.pk).target_id == firm
    assert wall(fresh.pk, cast.owner) - wall(pk, cast.owner) == timedelta(days=7)
    kept = Repetition.objects.get()
    assert (kept.record_id, kept.previous) == (fresh.pk, pk)


def test_who_was_reminded_is_reminded_of_the_next_one_too(cast: Cast, tasks: None) -> None:
    pk = task(cast.owner, 0)
    weekly(pk, cast.owner)
    access = Access.of(cast.owner)
    reminding.remind(get(pk, access=access), 60, access=access)
    assert done(pk, cast.owner).ok
    [fresh] = others(pk)
    row = Reminder.objects.get(record_id=fresh.pk)
    due = get(fresh.pk, access=access).value("due")
    assert (row.user, row.minutes, row.told_at) == (cast.owner, 60, None)
    assert row.at == due - timedelta(hours=1)


def test_done_twice_it_comes_once(cast: Cast, tasks: None) -> None:
    pk = task(cast.owner, 0)
    weekly(pk, cast.owner)
    assert done(pk, cast.owner).ok
    back = Change("change", id=pk, values={"done": None})
    assert services.execute_one(back, access=Access.of(cast.owner), channel="screen").ok
    assert done(pk, cast.owner).ok
    assert len(others(pk)) == 1


def test_over_the_api_too(cast: Cast, tasks: None) -> None:
    pk = task(cast.owner, 0)
    weekly(pk, cast.owner)
    assert program_of(cast.owner).patch(f"records/task/{pk}", {"done": True}, 1).status == 200
    assert len(others(pk)) == 1


def test_it_ends_after_so_many(cast: Cast, tasks: None) -> None:
    pk = task(cast.owner, 0)
    weekly(pk, cast.owner, left=1)
    assert done(pk, cast.owner).ok
    [fresh] = others(pk)
    assert done(fresh.pk, cast.owner).ok
    assert Record.unscoped.filter(type="task").count() == 2
    assert not Repetition.objects.exists()


def test_what_a_rule_of_the_company_refuses_holds_up_nothing_and_is_told(cast: Cast) -> None:
    rule = procedure(type="task", when=None, moments=["create"], mode="block",
                     must={"field": "about", "op": "is_set"}, message={"en": "About whom?"})  # fmt: skip
    publish()
    pk = task(cast.owner, 0)
    weekly(pk, cast.owner)
    small.publish(company={**with_activities(small.small_company()), "procedures": [rule]})
    assert done(pk, cast.owner).ok and not others(pk)
    assert Notification.objects.get().text == "The next one could not be made: About whom?"


def test_it_is_set_on_a_page_by_who_may_change_it(cast: Cast, tasks: None) -> None:
    pk = task(cast.owner, 0, subject="Report")
    url = reverse("todo:repeat", args=[pk])
    client = Client()
    client.force_login(cast.stranger)
    assert client.get(url).status_code == 404
    assert client.post(url, {"every": "day"}).status_code == 404
    client.force_login(cast.owner)
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"every": "day", "until": "2026-12-01", "left": "3"})
    assert wrong.status_code == 200 and wrong.context["form"].errors["left"]
    assert client.post(url, {"every": "week", "interval": "2", "days": ["1"]}).status_code == 302
    page = client.get(reverse("records:record", args=[pk])).content.decode()
    assert "Comes again every 2 weeks on Tuesday" in page
    said = client.post(reverse("todo:done", args=[pk]) + "?from=list", {}, follow=True)
    assert "The next one is on" in said.content.decode()
    client.post(reverse("todo:repeat", args=[Repetition.objects.get().record_id]), {"every": ""})
    assert not Repetition.objects.exists()


def test_what_does_not_come_again_costs_one_question(
    cast: Cast, tasks: None, django_assert_max_num_queries: Any
) -> None:
    pk, other = task(cast.owner, 0), create("organisation", cast.owner, name="A")
    access = Access.of(cast.owner)
    with django_assert_max_num_queries(20) as asked:
        services.execute_one(
            Change("change", id=pk, values={"done": True}), access=access, channel="x"
        )
    assert sum("workflows_repetition" in q["sql"] for q in asked) == 1
    with django_assert_max_num_queries(20) as asked:
        services.execute_one(
            Change("change", id=other, values={"name": "B"}), access=access, channel="x"
        )
    assert not any("workflows_re" in q["sql"] for q in asked)


def test_who_may_make_no_tasks_lets_none_come_again(cast: Cast, tasks: None) -> None:
    """Support may change what is their team's, and make nothing."""
    pk = task(cast.owner, 0, subject="Report", team=cast.north.pk)
    with pytest.raises(Forbidden):
        weekly(pk, cast.teammate)
    client = Client()
    client.force_login(cast.teammate)
    page = client.get(reverse("records:record", args=[pk])).content.decode()
    url = reverse("todo:repeat", args=[pk])
    assert "Report" in page and url not in page
    client.post(url, {"every": "week", "interval": "1"})
    assert not Repetition.objects.exists()
