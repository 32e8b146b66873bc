"""A form that was sent sets automations off, once, with the record that came of it."""

from __future__ import annotations

from typing import Any

import pytest

from crm_config.problems import ConfigurationInvalid
from jobs.services import run_pending
from records.models import Record
from tests import company as small
from tests.cast import Cast
from tests.forms_builder.forms import form, item
from tests.forms_builder.visitor import Visitor
from tests.workflows.automations.making import action, automation
from workflows.models import AutomationRun, Notification

pytestmark = pytest.mark.django_db

ASK = form("ask", item("name", required=True), type="organisation")
OTHER = form("other", item("name", required=True), type="organisation")


def publish(**trigger: Any) -> None:
    tell = automation("tell", action("n", "notify", text="A form", users=["manager"]),
                      type="organisation", trigger={"kind": "form_sent", **trigger})  # fmt: skip
    small.publish(company={**small.small_company(), "forms": [ASK, OTHER], "automations": [tell]})


def send(slug: str) -> None:
    visitor = Visitor(slug)
    visitor.open()
    visitor.send(name="Acme")


@pytest.mark.parametrize(("said", "runs"), [({}, 2), ({"form": "ask"}, 1)])
def test_it_is_about_one_form_or_any(cast: Cast, said: dict[str, Any], runs: int) -> None:
    publish(**said)
    send("ask")
    send("other")
    run_pending()
    assert AutomationRun.objects.filter(state="done").count() == runs
    made = Record.unscoped.filter(type="organisation").order_by("pk").first()
    assert made is not None and AutomationRun.objects.earliest("pk").record_id == made.pk
    assert Notification.objects.filter(user=cast.manager).count() == runs


def test_a_form_that_is_not_there_is_not_published(cast: Cast) -> None:
    with pytest.raises(ConfigurationInvalid, match="no form “gone”"):
        publish(form="gone")
