"""The automations of the packs work as they come."""

import pytest

from crm_config import packs, publication
from crm_config.live import live
from crm_config.models import Team, User
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate.change import Change
from records.models import Record, RecordLink
from tests.cast import create, join, person
from tests.kept import kept
from workflows.automations import services as services_of_automations
from workflows.automations.definitions import at_work
from workflows.models import AutomationRun, BrokenAutomation, Notification

pytestmark = pytest.mark.django_db

LINES = [(10000, 200), (10000, 150)]


@kept
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


def press(user: User, key: str, record: int) -> AutomationRun:
    found = next(a for a in at_work(live()) if a.key == key)
    run = services_of_automations.press(found, record, mark="once", actor=user)
    assert run is not None
    return run


def made(run: AutomationRun, action: str, name: str) -> Record:
    return Record.unscoped.get(pk=run.context[action][name])


def test_a_lead_is_converted_by_a_button(shipped: None) -> None:
    seller = join(person("seller"), "sales")
    there = create("organisation", name="Acme", owner=seller.pk)
    lead = create("lead", seller, given_name="Ana", family_name="Pop", company="Acme",
                  email="ana@example.com", estimated_value="900 EUR")  # fmt: skip
    run = press(seller, "convert_lead", lead)
    assert (run.state, run.reason) == ("done", "")
    assert made(run, "company", "organisation").pk == there
    opportunity = made(run, "company", "opportunity")
    assert (opportunity.title, opportunity.data["amount"]) == ("Acme", 90000)
    record = Record.unscoped.get(pk=lead)
    assert record.stage == "converted" and record.data["converted_on"]
    assert linked(lead) == {
        "organisation": there,
        "person": made(run, "company", "person").pk,
        "opportunity": opportunity.pk,
    }


def test_a_private_lead_needs_no_organisation(shipped: None) -> None:
    seller = join(person("seller"), "sales")
    lead = create("lead", seller, given_name="Ana", family_name="Pop")
    run = press(seller, "convert_lead", lead)
    assert (run.state, run.reason) == ("done", "")
    assert made(run, "private", "opportunity").title == "Ana Pop"


def test_a_quote_becomes_an_order_and_an_invoice_with_its_lines(shipped: None) -> None:
    team = Team.objects.create(name="North")
    seller = join(person("seller"), "sales", team)
    boss = join(person("boss"), "manager", team, lead=True)
    frame = create("product", name="Frame", price="100 EUR", stock=5)
    quote = create("quote", seller, name="Frames", date="2026-01-02")
    for quantity in ("2", "1.5"):
        create("document_line", seller, document=[quote], product=[frame], description="Frame",
               quantity=quantity, unit_price="100 EUR", discount="10")  # fmt: skip
    order = made(press(seller, "order_from_quote", quote), "order", "order")
    assert Record.unscoped.get(pk=quote).data["status"] == "accepted"
    assert linked(order.pk) == {"quote": quote} and lines(order.pk) == LINES
    run = press(boss, "invoice_from_order", order.pk)
    assert (run.state, run.reason) == ("done", "")
    invoice = made(run, "invoice", "invoice")
    assert lines(invoice.pk) == LINES and invoice.owner == boss


def test_an_invoice_beyond_the_stock_is_not_made_at_all(shipped: None) -> None:
    boss = join(person("boss"), "manager")
    frame = create("product", name="Frame", price="100 EUR", stock=1)
    order = create("order", boss, date="2026-01-02")
    create("document_line", document=[order], product=[frame], description="Frame", quantity="2",
           unit_price="100 EUR")  # fmt: skip
    run = press(boss, "invoice_from_order", order)
    assert run.state == "paused" and "not so much in stock" in run.reason
    assert not Record.unscoped.filter(type="invoice").exists()


def test_a_quote_is_copied_at_the_prices_of_today(shipped: None) -> None:
    seller = join(person("seller"), "sales")
    frame = create("product", name="Frame", price="100 EUR")
    quote = create("quote", seller, name="Frames", date="2026-01-02")
    create("document_line", seller, document=[quote], product=[frame], description="Frame", quantity="1",
           unit_price="100 EUR", discount="12")  # fmt: skip
    create("document_line", seller, document=[quote], description="Delivery", quantity="1",
           unit_price="7 EUR")  # fmt: skip
    dearer = Change("change", id=frame, values={"price": "120 EUR"})
    services.execute_or_raise([dearer], access=Access.system(), channel="system")
    run = press(seller, "copy_quote", quote)
    assert (run.state, run.reason) == ("done", "")
    copy = made(run, "quote", "quote")
    assert linked(copy.pk)["earlier_quote"] == quote and lines(copy.pk) == [
        (12000, 100),
        (700, 100),
    ]


def linked(pk: int) -> dict[str, int]:
    return dict(RecordLink.objects.filter(source=pk).values_list("field", "target"))


def lines(document: int) -> list[tuple[int, int]]:
    """Prices and quantities, in hundredths."""
    found = Record.unscoped.filter(type="document_line", links_out__target=document)
    return [(r.data["unit_price"], r.data["quantity"]) for r in found.order_by("pk")]
