"""Sharing, explaining and looking as somebody, in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from records.models import RecordShare
from tests.browser import screens, world
from tests.browser.axe import grave
from tests.cast import create


@pytest.fixture
def alpha(cast) -> int:
    world.publish()
    return create("organisation", name="Alpha", owner=cast.owner.pk, team=cast.north.pk)


def test_a_record_is_explained_in_a_dialog(open_as, cast, alpha) -> None:
    page = open_as(cast.administrator)
    page.goto(screens.record(alpha))
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Explain").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("may do this: view Alpha")
    dialog.get_by_label("Who").select_option(label="Stranger")
    dialog.get_by_role("button", name="Explain").click()
    expect(page.locator(".r-explain__verdict")).to_contain_text("Stranger may not do this")
    expect(page.locator(".r-explain__remedies")).to_contain_text("role Sales")
    page.locator(".r-explain__remedies").get_by_role("link", name="Widen the role").click()
    expect(page.get_by_role("button", name="Change the working copy")).to_be_visible()
    assert grave(page) == []
    page.get_by_role("button", name="Change the working copy").click()
    expect(page.get_by_role("heading", name="Review and publish")).to_be_visible()
    expect(page.get_by_text("Sales").first).to_be_visible()


def test_an_administrator_looks_as_somebody_and_stops(open_as, cast, alpha) -> None:
    page = open_as(cast.administrator)
    page.goto(f"{reverse('look_as:index')}?who=user:{cast.stranger.pk}")
    page.get_by_role("button", name="Look", exact=True).click()
    bar = page.locator(".r-looking")
    expect(bar).to_contain_text("You look as Stranger")
    page.goto(screens.records("organisation"))
    expect(page.get_by_text("Alpha")).to_have_count(0)
    bar.get_by_role("button", name="Stop").click()
    expect(bar).to_have_count(0)
    assert not RecordShare.objects.exists()
