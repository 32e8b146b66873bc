"""Follow-ups before a person: the loop from the list to closed, by keys and on a phone, and nobody is shut out."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from surveys.models import FollowUp
from tests.browser.test_every_screen import AT_ONCE, PHONE, faults
from tests.cast import Cast
from tests.surveys.following.following import answer, publish, somebody


@pytest.fixture
def page(open_as, cast: Cast) -> Page:
    publish()
    for name in ("Sour", "Bitter"):
        answer(somebody(cast, given_name=name), nps=2, why="Nobody called back for a week.")
    page: Page = open_as(cast.manager)
    page.add_init_script(AT_ONCE)
    return page


def test_the_loop_is_closed_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(reverse("voices:list"))
    page.get_by_role("link", name="Unhappy: Sour Popa").click()
    expect(page.get_by_text("Nobody called back for a week.")).to_be_visible()
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("The follow-up is yours.")).to_be_visible()
    page.get_by_label("What was learned or done").fill("Called, and all is well")
    page.get_by_role("button", name="Close it").press("Enter")
    expect(page.get_by_text("The follow-up is closed.")).to_be_visible()
    row = FollowUp.objects.get(status=FollowUp.Status.CLOSED)
    assert row.outcome == "Called, and all is well"


def test_nobody_is_shut_out(page: Page) -> None:
    for address in ("list", "follow_up"):
        args = [FollowUp.objects.latest("pk").pk] if address == "follow_up" else []
        page.goto(reverse(f"voices:{address}", args=args))
        assert faults(page) == [], address
