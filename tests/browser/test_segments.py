"""A segment in the browser: records of a list are put into one, its page tells, and the list is limited to it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from jobs.services import run_pending
from tests.browser import screens, world
from tests.browser.conftest import Open
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_ticked_records_to_the_list_of_a_segment(cast: Cast, open_as: Open) -> None:
    world.publish()
    for name in ("Harbour", "Lighthouse", "Quay"):
        create("organisation", name=name, owner=cast.administrator.pk)
    page = open_as(cast.administrator, screens.records("organisation"))
    for name in ("Harbour", "Quay"):
        page.get_by_label(f"Select {name}").check()
    page.get_by_role("button", name="Segment…").click()
    page.get_by_label("Why").fill("Met at the fair")
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("2 records were added.")).to_be_visible()
    run_pending()
    page.get_by_role("link", name="To the segment").click()
    expect(page.locator(".r-segment__number")).to_have_text("2")
    expect(page.locator(".r-segment__moves")).to_contain_text("Met at the fair")
    page.get_by_role("link", name="Open as list").first.click()
    expect(page.locator(".r-table__title a")).to_have_text(["Harbour", "Quay"])
    expect(page.get_by_role("link", name="Segment: Guests", exact=True)).to_be_visible()
    page.get_by_role("link", name="Remove the filter: Segment: Guests").click()
    expect(page.locator(".r-table__title a")).to_have_count(3)


def test_a_segment_is_switched_by_keyboard(cast: Cast, open_as: Open) -> None:
    world.publish()
    create("organisation", name="Shop", sector="retail", owner=cast.administrator.pk)
    create("organisation", name="Bytes", sector="it", owner=cast.administrator.pk)
    page = open_as(cast.administrator, screens.records("organisation"))
    page.get_by_role("button", name="Segments").press("Enter")
    page.get_by_role("link", name="Retailers").press("Enter")
    expect(page.locator(".r-table__title a")).to_have_text(["Shop"])
    assert reverse("records:list", args=["organisation"]) in page.url
