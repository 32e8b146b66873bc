"""What a mouse can do, keys can do."""

import pytest
from playwright.sync_api import Page, expect

from crm_config.models import RecordType
from tests.browser.screens import new, records, studio
from tests.cast import create


@pytest.fixture
def page(open_as, cast) -> Page:
    return open_as(cast.administrator)


def tab_to(page: Page, label: str) -> None:
    """Press Tab until what is focused is called so."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(NAME_OF_FOCUSED).strip().startswith(label):
            return
    pytest.fail(f"{label!r} is not reached by Tab.")


NAME_OF_FOCUSED = """() => {
    const it = document.activeElement;
    return it.getAttribute('aria-label') || it.labels?.[0]?.textContent || it.textContent || '';
}"""


def test_a_record_is_created(page):
    customer = create("organisation", name="Open Harbour")
    page.goto(new("deal"))
    tab_to(page, "Name")
    page.keyboard.type("Refit")
    tab_to(page, "Won")
    page.keyboard.press("Space")
    tab_to(page, "Customer")
    page.keyboard.type("harb")
    expect(page.get_by_role("option", name="Open Harbour")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", name="Refit", exact=True)).to_be_visible()
    expect(page.locator("[data-key=won]")).to_contain_text("Yes")
    expect(
        page.locator("[data-key=customer]").get_by_role("link", name="Open Harbour")
    ).to_have_attribute("href", f"/admin/records/{customer}/")


def test_a_list_is_walked_looked_into_ticked_and_opened(page):
    for name in ("Alpha", "Beta", "Gamma"):
        create("organisation", name=name)
    page.goto(records("organisation"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Beta")).to_be_focused()
    page.keyboard.press("Space")
    preview = page.get_by_role("region", name="Preview")
    expect(preview.get_by_role("heading", name="Beta")).to_be_visible()
    page.keyboard.press("j")
    expect(preview.get_by_role("heading", name="Gamma")).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    page.keyboard.press("x")
    expect(page.get_by_role("region", name="What to do with those selected")).to_contain_text(
        "Selected: 1"
    )
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gamma", exact=True)).to_be_visible()


def order(key: str) -> list[str]:
    return [f.key for f in RecordType.objects.get(key=key).fields.order_by("order")]


def test_a_field_is_moved_by_its_handle(page):
    page.goto(studio("type", "organisation"))
    page.get_by_role("button", name="Move Code: press up or down").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_text("Code is number 1 of 6")).to_be_attached()
    expect(page.get_by_text("1 unpublished change")).to_be_visible()
    assert order("organisation")[:3] == ["code", "name", "sector"]


def test_a_field_is_moved_by_its_menu(page):
    page.goto(studio("type", "organisation"))
    page.get_by_role("button", name="Actions for Code").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Move down").and_(page.locator(":visible")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 unpublished change")).to_be_visible()
    assert order("organisation")[:3] == ["name", "sector", "code"]
