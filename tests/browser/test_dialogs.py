"""What is sent from a dialog: once, and nothing that was typed is lost on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from records.models import Record
from tests.browser.screens import record
from tests.cast import create
from tests.workflows.pipelines.world import publish, stage_of

MOVE = re.compile("/move/")


@pytest.fixture
def bare(cast) -> int:
    publish()
    return create("deal", cast.owner, name="Bare")


@pytest.fixture
def dialog(open_as, cast, bare) -> Page:
    page = open_as(cast.owner, record(bare))
    stages = page.get_by_role("navigation", name="Stages of Deals")
    stages.get_by_role("link", name="Offer").click()
    expect(page.get_by_role("dialog")).to_contain_text("Move Bare to Offer")
    return page


def test_what_did_not_reach_the_server_stays_and_is_sent_again(dialog, bare):
    inside = dialog.get_by_role("dialog")
    inside.get_by_label("Amount").last.fill("80")
    dialog.route(MOVE, lambda route: route.abort())
    inside.get_by_role("button", name="Move", exact=True).click()
    expect(inside.get_by_role("alert")).to_contain_text("What you typed is still here")
    assert stage_of(bare) == "new"
    dialog.unroute(MOVE)
    inside.get_by_role("button", name="Move", exact=True).click()
    expect(dialog.locator("[aria-current=step]")).to_contain_text("Offer")
    assert Record.unscoped.get(pk=bare).data["amount"] == 8000


def test_while_it_is_sent_nothing_is_sent_twice(dialog, bare):
    sent: list[str] = []
    dialog.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    inside = dialog.get_by_role("dialog")
    inside.get_by_label("Amount").last.fill("80")
    inside.get_by_role("button", name="Move", exact=True).dblclick()
    expect(dialog.locator("[aria-current=step]")).to_contain_text("Offer")
    assert len([url for url in sent if MOVE.search(url)]) == 1
    assert stage_of(bare) == "offer"
