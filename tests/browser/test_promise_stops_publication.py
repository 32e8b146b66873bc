"""A promise is written, a draft that breaks it is tried on live records and cannot be published, and is put right."""

import re

import pytest
from playwright.sync_api import Page, expect

from jobs.services import run_pending
from tests.browser.screens import studio
from tests.cast import create


@pytest.fixture
def page(open_as, cast) -> Page:
    create("organisation", name="Open Harbour", owner=cast.owner.pk)
    create("organisation", name="Far Shore", owner=cast.stranger.pk)
    return open_as(cast.administrator, studio("promises"))


def test_a_draft_that_breaks_a_promise_is_not_published(page):
    write_promise(page)
    publish(page)
    let_sales_see_everything(page)
    page.goto(studio("review"))
    expect(page.get_by_text("This promise would not hold")).to_contain_text(
        "No one in “Sales” may see “Organisations”, where sector is empty"
    )
    expect(page.get_by_text("It is granted to “Sales”: All records")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_be_disabled()

    page.get_by_role("button", name="Try it on live records").click()
    expect(page.locator(".job-progress")).to_be_visible()
    run_pending()
    line = page.get_by_role("link", name="View: 2 people gain 2 of Organisations")
    expect(line).to_be_visible()
    line.click()
    expect(page.get_by_text("2 records.")).to_be_visible()
    expect(page.get_by_role("link", name="Far Shore")).to_be_visible()

    page.goto(studio("review"))
    page.locator(".studio-change__discard").click()
    page.get_by_role("button", name="Discard this change").click()
    expect(page.get_by_text("Nothing to publish")).to_be_visible()
    page.goto(studio("promises"))
    page.get_by_role("button", name="Check now").click()
    expect(page.locator(".job-progress")).to_be_visible()
    run_pending()
    expect(page.get_by_text("Holds", exact=True)).to_be_visible()


def write_promise(page: Page) -> None:
    page.get_by_role("link", name="New promise").first.click()
    page.get_by_role("link", name=re.compile("^No one in a role may")).click()
    page.get_by_role("link", name="Organisations").last.click()
    page.locator("#id_labels_en").fill("Unsorted stay private")
    expect(page.locator("[name=key]")).to_have_value("unsorted_stay_private")
    page.get_by_label("Role").select_option(label="Sales")
    page.get_by_text("JSON", exact=True).click()
    page.get_by_label("The condition as JSON").fill(
        '{"all": [{"field": "sector", "op": "is_empty"}, {"field": "owner", "op": "is_set"},'
        ' {"not": {"field": "owner", "op": "eq", "value": {"dynamic": "me"}}}]}'
    )
    page.get_by_role("button", name="Use this JSON").click()
    expect(page.get_by_text("Owner is filled in").first).to_be_visible()
    page.get_by_role("button", name="Add promise").click()
    expect(page.get_by_text("was added. It holds.")).to_be_visible()


def publish(page: Page) -> None:
    page.goto(studio("review"))
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 2 is published.")).to_be_visible()


def let_sales_see_everything(page: Page) -> None:
    page.goto(studio("role", "sales"))
    cell = page.get_by_role("row", name=re.compile("^Organisations")).get_by_role("combobox").first
    while cell.input_value() != "all":
        cell.click()
    page.get_by_role("button", name="Save rights").click()
    expect(page.get_by_text("The rights of Sales were saved.")).to_be_visible()
