"""A lead, from the first call to the paid invoice, with the packs as they come: each rule is met on the way."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm_config import packs, publication
from crm_config.models import Team
from jobs.services import run_pending
from records.models import Record
from tests.browser.screens import new, record
from tests.cast import create, join, person


@pytest.fixture
def seller(transactional_db):
    for key in ("core", "sales"):
        packs.install(packs.read(key))
    publication.publish(user=None, reason="test")
    return join(person("seller"), "sales", Team.objects.create(name="North"))


@pytest.fixture
def boss(seller):
    return join(person("boss"), "manager", Team.objects.get(), lead=True)


@pytest.fixture
def frame(seller):
    return create("product", name="Frame", price="100 EUR", unit="piece", stock=2)


def test_a_lead_is_worked_to_the_paid_invoice(open_as, seller, boss, frame):
    page = open_as(seller, new("lead"))
    lead = enter_the_lead(page)
    call_them(page, lead)
    opportunity = convert(page, lead)
    quote = offer(page, opportunity, frame)
    chief = open_as(boss, reverse("wagtailadmin_home"))
    approve_the_discount(chief)
    win(page, opportunity)
    order = make_an_order(page, quote)
    invoice = make_an_invoice(chief, order, frame)
    be_paid(chief, invoice)


def enter_the_lead(page: Page) -> int:
    page.get_by_label("Given name").fill("Ana")
    page.get_by_label("Family name").fill("Pop")
    page.get_by_label("Company").fill("Harbour Optics")
    page.get_by_role("textbox", name=re.compile(r"^E-mail")).fill("ana@example.com")
    page.get_by_label("Source").select_option("fair")
    save(page)
    [lead] = Record.unscoped.filter(type="lead")
    return lead.pk


def call_them(page: Page, lead: int) -> None:
    """The call is a thing to do, then done with what came of it; then the lead is contacted, and suitable."""
    page.goto(f"{new('call')}?about={lead}")
    page.get_by_label("Subject").fill("First call")
    page.get_by_label("Due").first.fill(timezone.localdate().isoformat())
    save(page)
    page.goto(reverse("wagtailadmin_home"))
    page.get_by_role("link", name="Done: First call").click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("link", name="Done: First call")).to_have_count(0)
    for stage in ("Contacted", "Qualified"):
        begin_move(page, lead, stage)
        moved(page, stage)


def begin_move(page: Page, pk: int, stage: str) -> None:
    page.goto(record(pk))
    stages = page.get_by_role("navigation", name=re.compile("^Stages of"))
    stages.get_by_role("link", name=stage).click()
    page.get_by_role("button", name="Move", exact=True).click()


def moved(page: Page, stage: str) -> None:
    expect(page.get_by_text(f"is in “{stage}” now")).to_be_visible()


def convert(page: Page, lead: int) -> int:
    press(page, lead, "Convert")
    page.get_by_role("link", name="Opportunity: Harbour Optics").click()
    [opportunity] = Record.unscoped.filter(type="opportunity")
    assert page.url.endswith(record(opportunity.pk))
    return opportunity.pk


def press(page: Page, pk: int, button: str) -> None:
    page.goto(record(pk))
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text(f"“{button}” is done.")).to_be_visible()


def offer(page: Page, opportunity: int, frame: int) -> int:
    """What goes into the offer is missing first; a price outside the list is refused, a high discount held."""
    begin_move(page, opportunity, "Offer sent")
    expect(page.get_by_role("dialog").get_by_role("alert").first).to_be_visible()
    page.get_by_label("Amount").last.fill("250")
    page.get_by_role("button", name="Move", exact=True).click()
    moved(page, "Offer sent")

    press(page, opportunity, "Make a quote")
    [quote] = Record.unscoped.filter(type="quote")
    page.goto(f"{new('document_line')}?document={quote.pk}&product={frame}")
    page.get_by_label("Description").fill("Frame")
    page.get_by_label("Quantity").fill("3")
    page.get_by_role("group", name="Unit price").get_by_label("Amount").fill("80")
    save(page, "Take the price of the product")
    page.get_by_role("group", name="Unit price").get_by_label("Amount").fill("100")
    page.get_by_label("Discount").fill("20")
    save(page, "approve")
    page.locator("[name=approval_comment]").fill("They take three")
    page.locator("[name=ask_approval]").click()
    return quote.pk


def approve_the_discount(page: Page) -> None:
    page.get_by_role("link", name="Waiting for your decision").click()
    page.get_by_role("link", name=re.compile("Discounts")).click()
    page.get_by_role("button", name="Approve").click()
    [line] = Record.unscoped.filter(type="document_line")
    assert line.data["discount"] == 200


def win(page: Page, opportunity: int) -> None:
    begin_move(page, opportunity, "Won")
    moved(page, "Won")


def make_an_order(page: Page, quote: int) -> int:
    press(page, quote, "Make an order")
    [order] = Record.unscoped.filter(type="order")
    return order.pk


def make_an_invoice(page: Page, order: int, frame: int) -> int:
    """Two are in stock: three are invoiced once the third has arrived."""
    page.goto(record(order))
    page.get_by_role("button", name="Make an invoice").click()
    expect(page.get_by_text("There is not so much in stock")).to_be_visible()
    page.goto(reverse("records:edit", args=[frame]))
    page.get_by_label("In stock").fill("3")
    save(page)
    press(page, order, "Make an invoice")
    [invoice] = Record.unscoped.filter(type="invoice")
    return invoice.pk


def be_paid(page: Page, invoice: int) -> None:
    """The sums follow the lines and the receipts a moment later."""
    run_pending()
    page.goto(record(invoice))
    expect(page.get_by_text("240.00").first).to_be_visible()
    page.goto(f"{new('receipt')}?invoice={invoice}")
    page.get_by_role("group", name="Amount").get_by_label("Amount").fill("240")
    page.get_by_label("Date").fill(timezone.localdate().isoformat())
    save(page)
    run_pending()
    page.goto(reverse("records:edit", args=[invoice]))
    page.get_by_label("Status").select_option(label="Paid")
    save(page)
    paid = Record.unscoped.get(pk=invoice)
    assert paid.data["balance"] == 0 and paid.data["status"] == "paid"


def save(page: Page, refused: str = "") -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    if refused:
        expect(page.get_by_text(re.compile(refused)).first).to_be_visible()
    else:
        expect(page.locator(".messages .success, [role=status]").first).to_be_visible()
