"""Somebody with the sales role meets their own records and nothing else, whichever way they look."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import edit, history, new, record, records
from tests.cast import create


@pytest.fixture
def theirs(cast) -> int:
    """Of somebody in another team."""
    return create("organisation", cast.stranger, name="Hidden Harbour")


@pytest.fixture
def mine(cast) -> int:
    return create("organisation", name="Open Harbour", headcount=12, margin=31, owner=cast.owner.pk)


@pytest.fixture
def page(open_as, cast, mine, theirs) -> Page:
    return open_as(cast.owner, records("organisation"))


def test_lists_searches_and_choosers_know_only_ones_own(page):
    expect(page.get_by_role("link", name="Open Harbour")).to_be_visible()
    expect(page.get_by_text("1 record", exact=True)).to_be_visible()
    expect(page.get_by_text("Hidden Harbour")).to_have_count(0)

    page.keyboard.press("Control+k")
    found = page.get_by_role("dialog", name="Search everything")
    found.get_by_role("searchbox").fill("harbour")
    expect(found.get_by_role("link", name="Open Harbour")).to_be_visible()
    expect(found.get_by_text("Hidden Harbour")).to_have_count(0)

    page.goto(new("deal"))
    page.get_by_role("combobox", name="Customer").fill("harbour")
    expect(page.get_by_role("option", name="Open Harbour")).to_be_visible()
    expect(page.get_by_role("option", name="Hidden Harbour")).to_have_count(0)


def test_a_hidden_field_is_nowhere(page, mine):
    for path in (record(mine), edit(mine), history(mine), new("organisation")):
        page.goto(path)
        expect(page.get_by_text("Headcount").first).to_be_attached()
        expect(page.get_by_text("Margin")).to_have_count(0)
        assert "margin" not in page.content().lower()

    page.goto(records("organisation"))
    for door in ("Filter", "Columns"):
        page.get_by_role("link", name=door, exact=True).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("Sector").first).to_be_visible()
        expect(dialog.get_by_text("Margin")).to_have_count(0)
        page.keyboard.press("Escape")


def test_the_address_of_somebody_elses_record_leads_to_a_calm_page(page, theirs, cast, open_as):
    answer = page.goto(record(theirs))
    assert answer is not None and answer.status == 404
    expect(page.get_by_role("heading", name="This page is not here")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main menu")).to_be_visible()
    assert "Hidden Harbour" not in page.content()

    expect(
        open_as(cast.stranger, record(theirs)).get_by_role(
            "heading", name="Hidden Harbour", exact=True
        )
    ).to_be_visible()
