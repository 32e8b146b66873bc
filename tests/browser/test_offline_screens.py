"""Nobody is shut out of what is shown without a connection, or of what was begun before; it fits a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import grave
from tests.browser.test_every_screen import too_wide
from tests.browser.test_offline import cut, forms, ready, save  # noqa: F401
from tests.records.screens import url

pytestmark = pytest.mark.usefixtures("forms")
NEW = url("new", "organisation")


def faults(page: Page) -> list[str]:
    return grave(page) + too_wide(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_shell_and_its_forms(open_as, cast, scheme):
    page = open_as(cast.owner, NEW, width=390, scheme=scheme)
    ready(page)
    cut(page)
    expect(page.get_by_text("Nothing waits to be sent.")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Visit report").click()
    save(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Name").fill("Somebody")
    save(page)
    expect(page.get_by_text("Kept. It is sent when")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_the_admin_and_what_was_begun(open_as, cast, scheme):
    page = open_as(cast.owner, NEW, width=390, scheme=scheme)
    page.get_by_label("Name").fill("Begun")
    expect(page.get_by_text("Your draft is kept.")).to_be_visible()
    page.goto(url("list", "organisation"))
    page.goto(NEW)
    expect(page.get_by_role("region", name="Begun before")).to_be_visible()
    assert faults(page) == []
    page.goto("/admin/offline/")
    expect(page.get_by_role("link", name="Visit report")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Visit report").click()
    expect(page.get_by_label("Name")).to_be_visible()
    assert faults(page) == []
