"""The screens: written in the studio, tried, pressed, and asked why."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jobs.services import run_pending
from records.access import Access
from records.models import Record
from records.selectors import reading
from tests.cast import Cast, create
from tests.workflows.automations.making import action, automation, set_to
from workflows.actions.registry import ACTIONS
from workflows.automations import why
from workflows.models import Automation, AutomationRun, Notification
from workflows.triggers.registry import TRIGGERS


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_automation_is_written_with_its_actions(cast: Cast) -> None:
    client = as_(cast.administrator)
    url = reverse("automation_studio:add") + "?kind=created&type=deal"
    assert client.get(url).status_code == 200
    said = {"labels_en": "Take", "labels-en": "Take", "labels_0": "Take", "run_as": "system",
            "depth": 5, "per_record_hour": 20, "enabled": "on", "owner": "manager"}  # fmt: skip
    answer = client.post(url, said)
    assert answer.status_code == 302, answer.context["form"].errors
    row = Automation.objects.get()
    assert row.trigger == {"kind": "created"} and row.owner == "manager"
    add = reverse("automation_studio:add_action", args=[row.key, "notify"])
    for text in ("First", "Second"):
        assert client.post(add, {"text": text, "users": "owner\nteammate"}).status_code == 302
    row.refresh_from_db()
    assert [a["key"] for a in row.actions] == ["notify", "notify_2"]
    assert row.actions[0]["arguments"] == {"text": "First", "users": ["owner", "teammate"]}
    client.post(
        reverse("automation_studio:arrange", args=[row.key]), {"step": "notify_2", "to": "up"}
    )
    row.refresh_from_db()
    assert [a["key"] for a in row.actions] == ["notify_2", "notify"]
    page = client.get(reverse("automation_studio:edit", args=[row.key]))
    assert "When a record of Deals is created, then" in page.content.decode()
    assert row.label in client.get(reverse("automation_studio:all")).content.decode()
    assert row.label in client.get(reverse("studio:type", args=["deal"])).content.decode()


@pytest.mark.parametrize("kind", sorted(ACTIONS))
def test_each_action_has_a_form(published: Any, cast: Cast, kind: str) -> None:
    published(automation("a", action("s", "stop")))
    url = reverse("automation_studio:add_action", args=["a", kind])
    page = as_(cast.administrator).get(url)
    assert page.status_code == 200
    assert {a.name for a in ACTIONS[kind].arguments} == set(page.context["form"].fields)


@pytest.mark.parametrize("kind", sorted(TRIGGERS))
def test_each_trigger_has_a_form(cast: Cast, kind: str) -> None:
    url = reverse("automation_studio:add") + f"?kind={kind}&type=deal"
    page = as_(cast.administrator).get(url)
    assert {a.name for a in TRIGGERS[kind].arguments} <= set(page.context["form"].fields)


def test_only_administrators_write_automations(published: Any, cast: Cast) -> None:
    published(automation("a", action("s", "stop")))
    for name in ("all", "triggers"):
        assert as_(cast.owner).get(reverse(f"automation_studio:{name}")).status_code in (302, 403)
    as_(cast.owner).post(
        reverse("automation_studio:arrange", args=["a"]), {"step": "s", "to": "away"}
    )
    assert Automation.objects.get().actions


def test_trying_shows_what_would_happen(published: Any, cast: Cast) -> None:
    published(automation("a", action("s", "set_fields", values=set_to(won=True))))
    pk = create("deal", name="Roof")
    page = as_(cast.administrator).get(reverse("automation_studio:try", args=["a"]), {"record": pk})
    assert "Set Won." in page.content.decode()
    assert "won" not in Record.unscoped.get(pk=pk).data


def button(**trigger: Any) -> dict[str, Any]:
    return automation("press", action("n", "notify", text="Pressed", users=["manager"]),
                      type="organisation", trigger={"kind": "button", **trigger})  # fmt: skip


def test_a_button_is_pressed_once(published: Any, cast: Cast) -> None:
    published(button())
    pk = create("organisation", name="Acme", owner=cast.owner.pk)
    url = reverse("automations:press", args=[pk, "press"])
    assert url in as_(cast.owner).get(reverse("records:record", args=[pk])).content.decode()
    for _twice in range(2):
        as_(cast.owner).post(url, {"mark": "abc"})
    run_pending()
    assert Notification.objects.count() == 1
    assert AutomationRun.objects.get().actor == cast.owner


@pytest.mark.parametrize("who", ["outsider", "stranger"])
def test_who_does_not_see_the_record_presses_nothing(published: Any, cast: Cast, who: str) -> None:
    published(button())
    pk = create("organisation", name="Acme", owner=cast.owner.pk)
    client = as_(cast.everyone()[who])
    client.post(reverse("automations:press", args=[pk, "press"]))
    assert client.get(reverse("automations:record", args=[pk])).status_code in (302, 403, 404)
    assert not AutomationRun.objects.exists()


def test_a_button_for_another_role_is_not_there(published: Any, cast: Cast) -> None:
    published(button(role="manager"))
    pk = create("organisation", name="Acme", owner=cast.owner.pk)
    url = reverse("automations:press", args=[pk, "press"])
    assert url not in as_(cast.owner).get(reverse("records:record", args=[pk])).content.decode()
    assert as_(cast.owner).post(url).status_code == 404


def test_why_it_did_not_run_tells_each_reader_what_they_may_read(
    published: Any, cast: Cast
) -> None:
    published(automation("big", action("s", "stop"), type="organisation",
                         condition={"field": "margin", "op": "gt", "value": 4711}))  # fmt: skip
    pk = create("organisation", name="Acme", margin=1234, owner=cast.owner.pk)
    run_pending()
    url = reverse("automations:record", args=[pk]) + "?automation=big"
    told = as_(cast.administrator).get(url).content.decode()
    assert "It did not run" in told and "4,711" in told.replace("4711", "4,711") and "1" in told
    mine = as_(cast.owner).get(url).content.decode()
    assert "It did not run" in mine
    for hidden in ("4711", "4,711", "1234", "1,234", "Margin"):
        assert hidden not in mine


def test_why_looks_at_the_values_of_that_moment(published: Any, cast: Cast) -> None:
    published(automation("big", action("s", "set_fields", values=set_to(headcount=1)),
                         type="organisation",
                         condition={"field": "headcount", "op": "gt", "value": 10}))  # fmt: skip
    pk = create("organisation", name="Acme", headcount=50)
    run_pending()
    access = Access.of(cast.administrator)
    automation_def = why.of_type(access.snapshot.types["organisation"], access)[0]
    changed, created = why.evaluations(automation_def, reading.get(pk, access=access))
    assert not changed.ran and not changed.matched
    assert created.ran and created.part and created.part.verdict and "50" in created.part.saw


def test_notices_are_ones_own_and_are_read(published: Any, cast: Cast) -> None:
    Notification.objects.create(user=cast.owner, text="For the owner")
    page = as_(cast.owner).get(reverse("wagtailadmin_home")).content.decode()
    assert "For the owner" in page
    url = reverse("automations:notifications")
    assert "For the owner" not in as_(cast.manager).get(url).content.decode()
    as_(cast.manager).post(url)
    assert Notification.objects.get().read_at is None
    as_(cast.owner).post(url)
    assert Notification.objects.get().read_at is not None


def test_the_register_steers_runs(published: Any, cast: Cast) -> None:
    published(automation("later", action("w", "wait", days=1)))
    create("deal", name="Roof")
    run_pending()
    run = AutomationRun.objects.get()
    url = reverse("automations:cancel", args=[run.pk])
    assert as_(cast.owner).post(url).status_code in (302, 403)
    run.refresh_from_db()
    assert run.state == "waiting"
    cast.administrator.is_superuser = True
    cast.administrator.save()
    client = as_(cast.administrator)
    assert client.get(reverse("operations_automations_modeladmin_index")).status_code == 200
    assert client.get(
        reverse("operations_automations_modeladmin_inspect", args=[run.pk])
    ).status_code == 200  # fmt: skip
    client.post(url)
    run.refresh_from_db()
    assert run.state == "cancelled"
    client.post(reverse("automations:replay", args=[run.pk]))
    assert AutomationRun.objects.count() == 2
