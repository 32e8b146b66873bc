"""Conditions are built in a list's advanced filter: without the mouse, on a phone, and taken back again."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import grave
from tests.browser.screens import NESTED, advanced, records, studio
from tests.browser.test_keyboard import tab_to
from tests.cast import create

BIG = {"field": "headcount", "op": "gte", "value": 10}


@pytest.fixture
def page(open_as, cast) -> Page:
    harbour = create("organisation", name="Open Harbour", headcount=12, sector="it")
    create("deal", name="Refit", customer=harbour, won=True)
    create("organisation", name="Small Bay", headcount=3, sector="it")
    return open_as(cast.administrator)


def builder(page: Page) -> Locator:
    return page.locator(".c-builder")


def answer(page: Page) -> Locator:
    return builder(page).locator(".c-builder__answer")


def pick(page: Page, typed: str, name: str) -> None:
    """What the line that was added is about."""
    expect(page.get_by_role("combobox", name="What this line is about").last).to_be_focused()
    page.keyboard.type(typed)
    expect(page.get_by_role("option", name=name, exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".r-options:visible")).to_have_count(0)


def where_in(page: Page) -> Any:
    given = parse_qs(urlsplit(page.url).query).get("where")
    return json.loads(given[0]) if given else None


def shown_json(page: Page) -> Any:
    text = page.locator("textarea[name$=where], textarea[name=condition]").input_value()
    return json.loads(text) if text else None


def open_filter(page: Page, where: Any = None) -> None:
    page.goto(advanced("organisation", where))
    expect(answer(page)).not_to_be_empty()


def test_a_nested_condition_is_built_without_the_mouse(page):
    page.goto(records("organisation"))
    tab_to(page, "Advanced filter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(answer(page)).to_contain_text("No condition yet")

    tab_to(page, "Condition")
    page.keyboard.press("Enter")
    pick(page, "headc", "Headcount")
    expect(page.get_by_label("How", exact=True)).to_be_focused()
    page.keyboard.type("is at least")
    expect(page.get_by_label("How", exact=True)).to_have_value("gte")
    tab_to(page, "Headcount: Value")
    page.keyboard.type("10")
    expect(answer(page)).to_contain_text("Headcount is at least 10.")
    expect(answer(page)).to_contain_text("1 record matches")

    tab_to(page, "Group")
    page.keyboard.press("Enter")
    pick(page, "deals", "Deals")
    expect(page.get_by_label("Deals: What is asked")).to_be_focused()
    tab_to(page, "Condition")
    page.keyboard.press("Enter")
    pick(page, "won", "Won")
    expect(answer(page)).to_contain_text("there is one of Deals (where Won is yes)")
    tab_to(page, "Show")
    page.keyboard.press("Enter")

    page.wait_for_url("**/organisation/?where=*")
    expect(page.get_by_role("link", name="Open Harbour")).to_be_visible()
    expect(page.get_by_text("1 record", exact=True)).to_be_visible()
    deals = {"related": "deals", "where": {"field": "won", "op": "is_true"}, "some": True}
    assert where_in(page) == {"all": [BIG, {"any": [deals]}]}


def test_it_is_built_on_a_phone(open_as, cast, page):
    phone = open_as(cast.administrator, records("organisation"), width=390, height=844)
    phone.get_by_role("link", name="Advanced filter").click()
    phone.get_by_role("dialog").get_by_role("button", name="Condition").click()
    phone.get_by_role("combobox", name="What this line is about").fill("sector")
    phone.get_by_role("option", name="Sector", exact=True).click()
    phone.get_by_label("How", exact=True).select_option(label="is one of")
    phone.get_by_label("It", exact=True).check()
    expect(answer(phone)).to_contain_text("2 records match")
    wide = phone.evaluate("document.querySelector('dialog').scrollWidth <= window.innerWidth")
    assert wide
    phone.get_by_role("button", name="Show").click()
    phone.wait_for_url("**/organisation/?where=*")
    assert where_in(phone) == {"field": "sector", "op": "in", "value": ["it"]}


def test_lines_are_moved_copied_turned_round_and_taken_away_by_keys_and_that_is_undone(page):
    group = {"any": [{"field": "sector", "op": "is_set"}]}
    open_filter(page, {"all": [BIG, {"field": "name", "op": "is_set"}, group]})
    said = page.locator(".c-builder [role=status]")

    page.get_by_label("Headcount: Value").focus()
    page.keyboard.press("Alt+Shift+ArrowDown")
    expect(said).to_have_text("Moved: number 2 of 3, level 1.")
    expect(page.get_by_label("Headcount: Value")).to_be_focused()
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(said).to_have_text("Moved: number 1 of 2, level 2.")
    page.keyboard.press("Alt+Shift+KeyN")
    expect(page.get_by_role("button", name="not: turn round again")).to_have_count(1)
    wanted = {"all": [{"field": "name", "op": "is_set"}, {"any": [{"not": BIG}, *group["any"]]}]}
    expect(answer(page)).to_contain_text("not: Headcount is at least 10")
    assert shown_json(page) == wanted

    page.keyboard.press("Alt+Shift+KeyD")
    expect(page.get_by_label("Headcount: Value")).to_have_count(2)
    page.keyboard.press("Alt+Shift+Delete")
    expect(page.get_by_label("Headcount: Value")).to_have_count(1)
    page.keyboard.press("Alt+Shift+ArrowLeft")
    page.get_by_role("button", name="Undo").focus()
    for _step in range(6):
        page.keyboard.press("Control+z")
        expect(said).to_have_text("Undone.")
        said.evaluate("it => { it.textContent = ''; }")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    expect(page.get_by_role("button", name="not: turn round again")).to_have_count(0)
    expect(answer(page)).to_contain_text("Headcount is at least 10 and Name is filled in")
    assert shown_json(page) == {"all": [BIG, {"field": "name", "op": "is_set"}, group]}
    page.keyboard.press("Control+Shift+z")
    expect(said).to_have_text("Done again.")


def test_what_is_wrong_stands_at_its_line_and_nothing_typed_is_lost(page):
    open_filter(page, BIG)
    number = page.get_by_label("Headcount: Value")
    number.fill("")
    number.press("Tab")
    expect(page.locator(".c-row.is-wrong")).to_contain_text("Enter a value.")
    page.get_by_role("button", name="Condition").click()
    expect(page.get_by_role("combobox", name="What this line is about").last).to_be_focused()
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".c-row.is-wrong")).to_have_count(2)
    expect(page.get_by_role("alert")).to_contain_text("all[1]: Choose what this line is about")
    number.fill("7")
    expect(page.locator(".c-row.is-wrong")).to_have_count(1)


def test_what_is_said_on_leaving_a_line_moves_no_button_away_from_under_the_pointer(page):
    open_filter(page, BIG)
    page.get_by_label("Headcount: Value").fill("")
    page.get_by_role("button", name="Condition").click()
    expect(page.get_by_role("combobox", name="What this line is about").last).to_be_focused()
    expect(page.locator(".c-row")).to_have_count(2)
    expect(page.locator(".c-row.is-wrong")).to_have_count(1)


def test_lines_are_dragged(page):
    open_filter(page, {"all": [BIG, {"any": [{"field": "sector", "op": "is_set"}]}]})
    page.locator(".c-grip").first.drag_to(page.locator(".c-row--group .c-row").first)
    expect(answer(page)).to_contain_text("Headcount is at least 10 or Sector is filled in")
    assert shown_json(page) == {"any": [BIG, {"field": "sector", "op": "is_set"}]}


def test_json_is_written_and_becomes_lines(page):
    open_filter(page)
    page.get_by_text("JSON", exact=True).click()
    text = page.get_by_label("The condition as JSON")
    text.fill('{"any": [{"field": "sector", "op": "eq", "value": "farming"}]}')
    expect(answer(page)).to_contain_text("any[0].value: “farming” is not one of the options.")
    text.fill(json.dumps(NESTED))
    page.get_by_role("button", name="Use this JSON").click()
    expect(page.locator(".c-row--json")).to_have_count(1)
    expect(answer(page)).to_contain_text("not: not: Name is filled in")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("list", name="Filters").get_by_role("listitem").first).to_be_visible()
    assert where_in(page) == NESTED


def test_an_untouched_filter_comes_back_to_the_letter(page):
    open_filter(page, NESTED)
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/organisation/?where=*")
    assert where_in(page) == NESTED


def test_it_shuts_nobody_out(page):
    open_filter(page, NESTED)
    assert grave(page) == []
    page.emulate_media(color_scheme="dark")
    assert grave(page, "color-contrast") == []
    page.locator(".c-menu summary").first.click()
    page.get_by_role("combobox", name="What this line is about").first.focus()
    expect(page.locator(".r-options [role=option]").first).to_be_visible()
    assert grave(page) == []


def test_the_studio_tries_conditions_over_the_working_copy(page):
    page.goto(studio("condition_try", "organisation"))
    page.get_by_role("button", name="Condition").click()
    pick(page, "marg", "Margin")
    page.get_by_label("How", exact=True).select_option(label="is empty")
    expect(answer(page)).to_contain_text("2 records match")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("This condition can be used.")).to_be_visible()
    assert shown_json(page) == {"field": "margin", "op": "is_empty"}
