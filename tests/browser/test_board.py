"""Cards are moved on a board: by dragging, by the menu, by keys; a refused one slides back and asks."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.axe import grave
from tests.browser.screens import record
from tests.cast import create
from tests.workflows.pipelines.world import move, publish, stage_of


@pytest.fixture
def deals(cast) -> dict[str, int]:
    publish()
    return {
        "Roof": create("deal", cast.owner, name="Roof", amount="500 EUR"),
        "Bare": create("deal", cast.owner, name="Bare"),
    }


@pytest.fixture
def board(open_as, cast, deals) -> Page:
    return open_as(cast.owner, reverse("pipelines:board", args=["deal"]))


def lane(page: Page, stage: str):
    return page.locator(f"ol[data-stage={stage}]")


def drag(page: Page, title: str, stage: str) -> None:
    card = page.locator(".wf-card", has_text=title)
    source, target = card.bounding_box(), lane(page, stage).bounding_box()
    page.mouse.move(source["x"] + source["width"] - 12, source["y"] + source["height"] - 8)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + 20, steps=20)
    page.mouse.move(target["x"] + 64, target["y"] + 24, steps=5)
    page.mouse.up()


def test_a_card_is_dragged_to_the_next_stage(board, deals):
    drag(board, "Roof", "offer")
    expect(lane(board, "offer")).to_contain_text("Roof")
    expect(board.get_by_role("status").filter(has_text="Moved.")).to_have_count(1)
    expect(lane(board, "new")).not_to_contain_text("Roof")
    assert stage_of(deals["Roof"]) == "offer"


def test_a_refused_card_slides_back_and_what_is_missing_is_filled_in_there(board, deals):
    drag(board, "Bare", "offer")
    dialog = board.get_by_role("dialog")
    expect(dialog).to_contain_text("Move Bare to Offer")
    expect(lane(board, "new")).to_contain_text("Bare")
    assert stage_of(deals["Bare"]) == "new" and grave(board) == []

    dialog.get_by_label("Amount").last.fill("80")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(lane(board, "offer")).to_contain_text("Bare")
    assert stage_of(deals["Bare"]) == "offer"


def test_cards_are_reached_and_moved_by_keys(board, deals):
    board.locator(".wf-card a").first.focus()
    board.keyboard.press("ArrowDown")
    expect(board.locator(".wf-card a:focus")).to_have_text("Roof")
    board.keyboard.press("m")
    dialog = board.get_by_role("dialog")
    dialog.get_by_role("link", name="Offer").press("Enter")
    dialog.get_by_role("button", name="Move", exact=True).press("Enter")
    expect(lane(board, "offer")).to_contain_text("Roof")
    assert stage_of(deals["Roof"]) == "offer"


def test_board_and_record_are_for_everybody_and_fit_a_phone(board, cast, deals):
    assert move(deals["Roof"], "offer", cast.owner).ok
    board.set_viewport_size({"width": 390, "height": 844})
    for address in (reverse("pipelines:board", args=["deal"]), record(deals["Roof"])):
        board.goto(address)
        assert grave(board) == []
        assert board.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_bar_of_a_record_moves_it(open_as, cast, deals):
    page = open_as(cast.owner, record(deals["Roof"]))
    page.get_by_role("navigation", name="Stages of Deals").get_by_role("link", name="Offer").click()
    page.get_by_role("dialog").get_by_role("button", name="Move", exact=True).click()
    expect(page.locator("[aria-current=step]")).to_contain_text("Offer")
    assert stage_of(deals["Roof"]) == "offer"
