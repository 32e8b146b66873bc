"""What record pages and the first page hold of forms can be sent from a browser: each carries its token."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import company as small
from tests.cast import Cast, create
from tests.workflows.automations.making import action, automation
from tests.workflows.pipelines import world as pipelines
from tests.workflows.pipelines.test_checklists import listed
from tests.workflows.todo.world import publish, task
from workflows.models import AutomationRun, ChecklistTick, Snooze

pytestmark = pytest.mark.django_db


def browser(user: Any) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def send(client: Client, page: str, url: str, **more: str) -> int:
    form = client.get(page).content.decode().partition(f'action="{url}')[2].partition("</form>")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert token, "no token in the form"
    rest = re.match(r'[^"]*', form)
    query = rest[0] if rest else ""
    return client.post(url + query, {"csrfmiddlewaretoken": token[1], **more}).status_code


def test_a_checklist_is_ticked(cast: Cast) -> None:
    pipelines.publish(listed())
    pk = create("deal", cast.owner, name="Roof")
    url = reverse("pipelines:tick", args=[pk, "budget"])
    page = reverse("records:record", args=[pk])
    assert send(browser(cast.owner), page, url, stage="new", done="1") == 302
    assert ChecklistTick.objects.exists()


def test_something_is_put_off_on_the_first_page(cast: Cast) -> None:
    publish()
    pk = task(cast.owner, 0)
    url = reverse("todo:snooze", args=[pk])
    assert send(browser(cast.owner), reverse("wagtailadmin_home"), url, length="week") == 302
    assert Snooze.objects.exists()


def test_an_automation_is_set_off_by_its_button(cast: Cast) -> None:
    press = automation("press", action("s", "stop"), trigger={"kind": "button"})
    small.publish(company={**small.small_company(), "automations": [press]})
    pk = create("deal", cast.owner, name="Roof")
    url = reverse("automations:press", args=[pk, "press"])
    assert send(browser(cast.owner), reverse("records:record", args=[pk]), url) == 302
    assert AutomationRun.objects.exists()
