"""Two people edit one record at the same time."""

import pytest
from playwright.sync_api import Page, expect

from records.access import Access
from records.selectors import get
from tests.browser.screens import edit
from tests.cast import create


@pytest.fixture
def harbour(cast) -> int:
    return create("organisation", cast.owner, name="Open Harbour", headcount=12, notes="Old notes")


@pytest.fixture
def first(open_as, cast, harbour) -> Page:
    return open_as(cast.owner, edit(harbour))


@pytest.fixture
def second(open_as, cast, harbour) -> Page:
    return open_as(cast.administrator, edit(harbour))


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def values(record_id: int) -> tuple[object, ...]:
    view = get(record_id, access=Access.system())
    return tuple(view.value(key) for key in ("headcount", "notes"))


def test_what_does_not_overlap_is_merged(first, second, harbour):
    first.get_by_label("Headcount").fill("14")
    save(first)
    expect(first.get_by_text("Saved")).to_be_visible()

    second.get_by_label("Notes").fill("New notes")
    save(second)
    expect(second.get_by_role("heading", name="Open Harbour", exact=True)).to_be_visible()
    expect(second.locator("[data-key=headcount]")).to_contain_text("14")
    assert values(harbour) == (14, "New notes")


@pytest.mark.parametrize(("choice", "kept"), [("Yours", 20), ("Owner", 14)])
def test_what_overlaps_is_shown_with_both_values_to_choose_from(
    first, second, harbour, choice, kept
):
    first.get_by_label("Headcount").fill("14")
    save(first)
    expect(first.get_by_text("Saved")).to_be_visible()

    second.get_by_label("Headcount").fill("20")
    second.get_by_label("Notes").fill("New notes")
    save(second)
    both = second.get_by_role("alert").get_by_role("group", name="Headcount")
    expect(both).to_contain_text("20")
    expect(both).to_contain_text("14")
    assert values(harbour) == (14, "Old notes")

    both.get_by_label(choice).check()
    save(second)
    expect(second.get_by_role("heading", name="Open Harbour", exact=True)).to_be_visible()
    assert values(harbour) == (kept, "New notes")
