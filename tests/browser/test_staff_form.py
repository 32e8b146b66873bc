"""A form for staff in the browser, by keys: questions come and go, rows are added up, steps change, all is saved."""

import re

import pytest
from playwright.sync_api import Page, expect

from records.models import Record, RecordLink
from tests.browser.axe import grave
from tests.forms_builder.forms import step
from tests.forms_builder.layouts.staff import item, laid_out, staff

PHONE = {"width": 390, "height": 844}
WON = {"field": "won", "op": "is_true"}


@pytest.fixture
def page(open_as, cast) -> Page:
    lines = item(
        "lines",
        "rows",
        labels={"en": "Lines"},
        options={
            "type": "line",
            "link": "deal",
            "fields": ["text", "pieces"],
            "totals": ["pieces"],
        },
    )
    steps = [
        step("what", item("name"), item("won"), item("close_date", shown_when=WON, required=True)),
        step("lines", lines, labels={"en": "What is sold"}),
    ]
    laid_out(staff(steps=steps))
    return open_as(cast.owner, "/admin/records/t/deal/new/")


def test_it_is_filled_in_by_keys_and_saved(page: Page) -> None:
    expect(page.get_by_text("Step 1 of 2")).to_be_visible()
    expect(page.get_by_text("What is sold")).to_be_hidden()
    page.locator("[name='f-name']").fill("Roof")
    day = page.locator("[name='f-close_date']")
    expect(day).to_be_hidden()
    page.locator("[name='f-won']").press("Space")
    expect(day).to_be_visible()
    expect(page.locator("[data-item='close_date'] .w-required-mark")).to_have_count(1)
    page.locator("[name='f-won']").press("Space")
    expect(day).to_be_hidden()
    page.get_by_role("button", name="Next").press("Enter")
    expect(page.locator(".r-step__title:focus")).to_contain_text("Step 2 of 2: What is sold")
    row(page, 0, "Tiles", "40")
    page.get_by_role("button", name="Add a row").press("Enter")
    expect(page.locator("[name='f-rows-lines-1-text']")).to_be_focused()
    row(page, 1, "Beams", "2")
    expect(page.locator("[data-total='pieces']")).to_have_text("42")
    assert grave(page) == []
    page.set_viewport_size(PHONE)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.keyboard.press("Control+s")
    page.wait_for_url(re.compile(r"/admin/records/\d+/$"))
    deal = Record.unscoped.get(type="deal")
    lines = RecordLink.objects.filter(target=deal, field="deal").count()
    assert (deal.data, lines) == ({"name": "Roof", "won": False}, 2)


def test_what_is_missing_is_shown_on_its_step(page: Page) -> None:
    page.get_by_role("button", name="Next").click()
    row(page, 0, "", "3")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".r-errors")).to_be_visible()
    expect(page.get_by_text("Step 1 of 2")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("[name='f-rows-lines-0-pieces']")).to_have_value("3")
    expect(page.locator(".r-row--wrong")).to_be_visible()


def row(page: Page, number: int, text: str, pieces: str) -> None:
    page.locator(f"[name='f-rows-lines-{number}-text']").fill(text)
    page.locator(f"[name='f-rows-lines-{number}-pieces']").fill(pieces)
