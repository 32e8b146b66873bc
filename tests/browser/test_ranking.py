"""Rankings are moved with buttons, by keys too, and say in the page's words where each stands."""

import pytest
from playwright.sync_api import Page, expect

from surveys.models import Response
from tests.browser.axe import grave
from tests.browser.test_survey import PHONE, fits, too_small
from tests.surveys.surveying import open_link, options, publish, question, rows, survey

DRINKS = ("tea", "milk", "juice", "water")


def shown(page: Page) -> list[str]:
    return page.locator("[data-rank] label span").all_text_contents()


def numbers(page: Page) -> list[str]:
    return page.locator("[data-rank] select").evaluate_all("all => all.map((each) => each.value)")


def button(page: Page, name: str, way: str = "up"):
    return page.get_by_role("button", name=f"Move “{name}” {way}", exact=True)


@pytest.fixture
def asked(company):
    def begin(**said) -> str:
        offered = {"options": options(*DRINKS), **said}
        publish(survey("pulse", question("order", "ranking", options=offered)))
        return f"/s/{open_link().token}/"

    return begin


def test_by_keys_the_focus_stays_and_the_place_is_told(open_as, asked):
    page = open_as(None, asked(), **PHONE)
    assert grave(page) == [] and fits(page) and too_small(page) == []
    assert numbers(page) == ["", "", "", ""]
    button(page, "Juice").focus()
    page.keyboard.press("Enter")
    assert shown(page) == ["Tea", "Juice", "Milk", "Water"]
    assert numbers(page) == ["1", "2", "3", "4"]
    expect(page.get_by_role("status")).to_have_text("“Juice” is now number 2 of 4.")
    expect(button(page, "Juice")).to_be_focused()
    with page.expect_response(lambda found: found.request.method == "POST") as kept:
        page.keyboard.press("Space")
    assert kept.value.ok
    expect(page.get_by_role("status")).to_have_text("“Juice” is now number 1 of 4.")
    expect(button(page, "Juice")).to_have_attribute("aria-disabled", "true")
    expect(button(page, "Juice")).to_be_focused()
    page.keyboard.press("Enter")
    assert shown(page) == ["Juice", "Tea", "Milk", "Water"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert shown(page) == ["Tea", "Juice", "Milk", "Water"]
    assert grave(page) == []
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thanks a lot")).to_be_visible()
    assert [(option, place) for _q, _p, option, place, _t in rows()] == [
        ("tea", 1.0), ("juice", 2.0), ("milk", 3.0), ("water", 4.0),
    ]  # fmt: skip


def test_whoever_agrees_with_the_order_says_so_with_one_press(open_as, asked):
    page = open_as(None, asked(), **PHONE)
    button(page, "Tea").click()
    assert shown(page)[0] == "Tea" and numbers(page) == ["1", "2", "3", "4"]


def test_numbers_given_by_hand_move_the_rows_once_they_are_whole(open_as, asked):
    page = open_as(None, asked(), **PHONE)
    for key, place in (("tea", "3"), ("milk", "1"), ("juice", "2")):
        page.locator(f"[name='i-order-{key}']").select_option(place)
        assert shown(page) == ["Tea", "Milk", "Juice", "Water"]
    water = page.locator("[name='i-order-water']")
    water.focus()
    water.select_option("4")
    assert shown(page) == ["Milk", "Juice", "Tea", "Water"] and numbers(page) == [*"1234"]
    expect(water).to_be_focused()
    button(page, "Water").click()
    assert shown(page) == ["Milk", "Juice", "Water", "Tea"] and numbers(page) == [*"1234"]


def test_buttons_go_on_from_numbers_that_are_not_whole(open_as, asked):
    page = open_as(None, asked(), **PHONE)
    page.locator("[name='i-order-water']").select_option("1")
    button(page, "Milk").click()
    assert shown(page) == ["Water", "Milk", "Tea", "Juice"] and numbers(page) == [*"1234"]


def test_of_few_places_the_rest_have_none(open_as, asked):
    page = open_as(None, asked(most=2), **PHONE)
    button(page, "Juice").click()
    assert shown(page) == ["Tea", "Juice", "Milk", "Water"] and numbers(page) == ["1", "2", "", ""]
    button(page, "Juice", "down").click()
    expect(page.get_by_role("status")).to_have_text("“Juice” has no place now.")
    assert numbers(page) == ["1", "2", "", ""] and shown(page)[2] == "Juice"
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thanks a lot")).to_be_visible()
    assert Response.objects.get().answers.count() == 2


def test_without_scripts_there_are_numbers_alone(chromium, live_server, asked):
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport=PHONE
    )
    page = context.new_page()
    page.goto(asked())
    assert page.get_by_role("button", name="Move").count() == 0
    for key, place in zip(DRINKS, "2143", strict=True):
        page.locator(f"[name='i-order-{key}']").select_option(place)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thanks a lot")).to_be_visible()
    assert [row[2] for row in rows()] == ["milk", "tea", "water", "juice"]
    context.close()


def test_by_hand_one_is_dragged_to_its_place(open_as, asked):
    page = open_as(None, asked())
    water, milk = (page.locator("[data-rank]", has_text=name) for name in ("Water", "Milk"))
    water.locator("label span").drag_to(milk.locator("label span"))
    expect(page.get_by_role("status")).to_have_text("“Water” is now number 2 of 4.")
    assert shown(page) == ["Tea", "Water", "Milk", "Juice"]
    assert numbers(page) == ["1", "2", "3", "4"]
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thanks a lot")).to_be_visible()
    placed = {option: place for _question, _part, option, place, _text in rows()}
    assert placed == {"tea": 1, "water": 2, "milk": 3, "juice": 4}
