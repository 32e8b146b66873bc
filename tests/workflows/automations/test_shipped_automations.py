"""The automations of the packs work as they come."""

import pytest

from crm_config import packs, publication
from crm_config.live import live
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate.change import Change
from records.models import Record, RecordLink
from tests.cast import create, join, person
from workflows.models import AutomationRun, BrokenAutomation, Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped() -> None:
    for key in ("core", "sales", "service"):
        packs.install(packs.read(key))
    publication.publish(user=None, reason="test")


def test_a_new_lead_is_dealt_out_and_told(shipped: None) -> None:
    seller = join(person("seller"), "sales")
    pk = create("lead", family_name="Pop", company="Acme")
    run_pending()
    run = AutomationRun.objects.get(automation="new_lead")
    assert run.state == "done", run.reason
    assert Record.unscoped.get(pk=pk).owner_id == seller.pk
    assert Notification.objects.get().user == seller


def test_a_won_opportunity_gets_a_task(shipped: None) -> None:
    customer = create("organisation", name="Acme")
    pk = create("opportunity", name="Roof", amount="100 EUR", organisation=customer)
    for stage in ("offer", "won"):
        move = Change("change", id=pk, values={"stage": stage})
        services.execute_or_raise([move], access=Access.system(), channel="system")
    run_pending()
    run = AutomationRun.objects.get(automation="opportunity_won")
    assert run.state == "done", run.reason
    assert RecordLink.objects.get(target=pk, field="about").source.type == "task"


def test_an_urgent_request_is_told(shipped: None) -> None:
    boss = join(person("boss"), "manager")
    create("request", subject="Help", priority="urgent")
    create("request", subject="Question", priority="low")
    run_pending()
    assert [n.user for n in Notification.objects.all()] == [boss]
    assert not BrokenAutomation.objects.filter(version=live().version).exists()
