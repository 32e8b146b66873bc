"""The to-do list on its screens."""

import pytest
from django.urls import reverse
from django.utils import timezone

from records.models import Event, Record
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import browser, text_of
from tests.workflows.todo.world import publish, task
from workflows.models import Snooze

pytestmark = pytest.mark.django_db


@kept
def tasks(cast: Cast) -> None:
    publish()


def test_home_shows_the_day(cast: Cast, tasks: None) -> None:
    task(cast.owner, -1, subject="Write the report")
    home = text_of(browser(cast.owner).get(reverse("wagtailadmin_home")))
    assert "My day" in home and "Write the report" in home and "1 day late" in home
    assert "Write the report" not in text_of(
        browser(cast.stranger).get(reverse("wagtailadmin_home"))
    )


def test_the_page_shows_what_is_ahead(cast: Cast, tasks: None) -> None:
    task(cast.owner, 3, subject="In three days")
    page = text_of(browser(cast.owner).get(reverse("todo:index")))
    assert "In three days" in page and "Overdue" not in page
    ways = page.split("r-ways__way", 1)[1]
    assert "aria-current" in ways.split("</a>")[0], "the list is what one looks at"


def test_a_lead_looks_at_a_members_list_and_nobody_else_does(cast: Cast, tasks: None) -> None:
    task(cast.owner, -1, subject="Theirs", team=cast.north.pk)
    where = {"person": cast.owner.pk}
    assert "Theirs" in text_of(browser(cast.manager).get(reverse("todo:index"), where))
    assert "Theirs" not in text_of(browser(cast.stranger).get(reverse("todo:index"), where))


def test_done_asks_what_came_of_it_and_what_is_next(cast: Cast, tasks: None) -> None:
    firm = create("organisation", cast.owner, name="Firm")
    pk = task(cast.owner, -1, kind="call", subject="Call Firm", about=[firm])
    client = browser(cast.owner)
    asked = client.get(reverse("todo:done", args=[pk]))
    assert {"outcome", "time_spent"} <= set(asked.context["form"].fields)
    due = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    sent = {
        f"{asked.context['form'].prefix}-outcome": "reached",
        "next_subject": "Send the offer",
        "next_type": "task",
        "next_due": due,
    }
    answer = client.post(reverse("todo:done", args=[pk]), sent)
    assert answer.status_code == 302, text_of(answer)
    done = Record.unscoped.get(pk=pk)
    assert done.data["done"] is True and done.data["outcome"] == "reached"
    following = Record.unscoped.get(title="Send the offer")
    assert following.type == "task" and following.owner == cast.owner
    assert Event.objects.filter(record_id=following.pk).count() == 1
    related = client.get(reverse("records:related", args=[firm, "task", "about"]))
    assert "Send the offer" in text_of(related)


def test_nothing_is_done_where_the_next_step_is_refused(cast: Cast, tasks: None) -> None:
    pk = task(cast.owner, -1)
    sent = {"next_subject": "x" * 201, "next_type": "task"}
    answer = browser(cast.owner).post(reverse("todo:done", args=[pk]), sent)
    assert answer.status_code == 200 and "done" not in Record.unscoped.get(pk=pk).data


def test_who_may_not_change_it_cannot_be_done_with_it(cast: Cast, tasks: None) -> None:
    pk = task(cast.owner, -1, subject="Mine alone")
    for user, status in ((cast.stranger, 404), (cast.outsider, 404)):
        client = browser(user)
        assert client.post(reverse("todo:done", args=[pk])).status_code in (status, 302)
        assert "done" not in Record.unscoped.get(pk=pk).data


def test_putting_off_is_ones_own(cast: Cast, tasks: None) -> None:
    pk = task(cast.owner, -1, subject="Not now")
    client = browser(cast.owner)
    client.post(reverse("todo:snooze", args=[pk]), {"length": "week"})
    assert Snooze.objects.get().user == cast.owner
    assert (
        "Not now"
        not in text_of(client.get(reverse("todo:index"))).split("<main")[1].split("td-page")[1]
    )
    assert client.post(reverse("todo:snooze", args=[pk]), {"length": "ever"}).status_code == 404
    browser(cast.stranger).post(reverse("todo:snooze", args=[pk]), {"length": "week"})
    assert Snooze.objects.count() == 1


def test_a_line_opens_a_form_that_is_filled_in(cast: Cast, tasks: None) -> None:
    client = browser(cast.owner)
    answer = client.get(reverse("todo:add"), {"line": "Call Firm tomorrow 15:00"})
    assert answer.status_code == 302 and "/t/call/new/" in answer.url
    form = client.get(answer.url).context["form"]
    assert form["subject"].value() == "Call Firm"
    assert client.get(reverse("todo:add"), {"line": "Tidy up"}).url.split("?")[0].endswith("/new/")
