"""A form is built in the browser, by keys as by mouse, looked at beforehand, published and filled in."""

import pytest
from playwright.sync_api import Page, expect

from crm_config import publication
from tests.browser.axe import grave
from tests.forms_builder.forms import contact, publish

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(open_as, cast) -> Page:
    publish(contact())
    return open_as(cast.administrator, "/admin/studio/forms/new/")


def test_a_form_is_built_tried_and_published(page):
    begin(page, "Say hello")
    put(page, "family", "Family name")
    put(page, "email", "Email")
    move_up(page, "email")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-key]:is(.form-item)")).to_have_count(2)
    assert order(page) == ["family_name", "email"]
    ask_only_if(page, "email", "Family name")
    expect(page.locator("#item-email")).to_contain_text("shown if Family name is filled in")
    page.reload()  # What was told fades away, and would be judged half-way.
    assert grave(page) == []
    page.set_viewport_size(PHONE)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})

    try_out(page)
    publication.publish(user=None)
    page.goto("/f/say-hello/")
    expect(page.locator("[name='i-email']")).to_be_hidden()
    page.locator("[name='i-family_name']").fill("Pop")
    expect(page.locator("[name='i-email']")).to_be_visible()


def begin(page: Page, name: str) -> None:
    page.locator("#main").get_by_role("link", name="Person", exact=True).click()
    page.locator("#id_labels_en").fill(name)
    page.get_by_label("Nothing", exact=True).check()
    page.get_by_role("button", name="Add form").click()
    expect(page.get_by_role("heading", name="Put on the form")).to_be_visible()


def put(page: Page, typed: str, name: str) -> None:
    """Found by typing, put on with Enter."""
    page.get_by_role("searchbox", name="Search").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator(".form-item--chosen")).to_contain_text(name)


def move_up(page: Page, key: str) -> None:
    with page.expect_response("**/arrange/") as answer:
        page.locator(f"#item-{key} .studio-handle").press("ArrowUp")
    assert answer.value.ok
    assert order(page) == [key, "family_name"]


def order(page: Page) -> list[str]:
    return page.locator(".form-item").evaluate_all("all => all.map((each) => each.dataset.key)")


def ask_only_if(page: Page, key: str, other: str) -> None:
    page.locator(f"#item-{key} .form-item__name").click()
    page.get_by_role("link", name="Change the logic").click()
    shown = page.locator(".c-builder").first
    shown.get_by_role("button", name="Condition").click()
    expect(page.get_by_role("combobox", name="What this line is about").last).to_be_focused()
    page.keyboard.type(other)
    expect(page.get_by_role("option", name=other, exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    shown.locator("select[name$='-op']").select_option("is_set")
    expect(shown.locator(".c-builder__answer")).to_contain_text("is filled in")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("The logic was saved.")).to_be_visible()


def try_out(page: Page) -> None:
    page.get_by_role("link", name="Preview").first.click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Preview: nothing is sent.")).to_be_visible()
    frame.locator("[name='i-family_name']").fill("Pop")
    frame.locator("[name='i-email']").fill("pop@example.com")
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_text("So it would go on")).to_be_visible()
