"""A survey before a person: on a phone, with scripts and without, by keys alone, for everybody."""

import pytest
from playwright.sync_api import Page, expect

from surveys.models import Response
from tests.browser.axe import grave
from tests.surveys.surveying import (
    DONE,
    open_link,
    options,
    page,
    publish,
    question,
    rows,
    survey,
)

SAD = {"field": "nps", "op": "lte", "value": 6}
PHONE = {"width": 390, "height": 844}


def asked() -> dict:
    """Each kind that looks like nothing else."""
    matrix = {"rows": options("price", "speed"), "options": options("bad", "fair", "good")}
    return survey(
        steps=[
            page(
                "first",
                question("nps", "nps", required=True, labels={"en": "Would you recommend us?"},
                         options={"low": {"en": "Not at all"}, "high": {"en": "Very likely"}}),
                question("why", "long_text", shown_when=SAD, labels={"en": "What went wrong?"}),
                question("mood", "csat", labels={"en": "How satisfied are you?"}),
                question("stars", "rating", labels={"en": "How was the food?"}),
            ),
            page(
                "second",
                question("how", "single_choice", options={"options": options("mail", "call"), "other": True}),
                question("grid", "matrix", options=matrix),
                question("order", "ranking", options={"options": options("tea", "milk")}),
                question("much", "slider", options={"step": 5}),
                question("reach", "contact"),
                labels={"en": "Some more"},
            ),
            page("happy", question("praise", labels={"en": "What did you like?"})),
        ],
        jumps=[{"after": "second", "to": "sorry", "when": SAD}],
        ends=[{"key": "sorry", "kind": "person", "labels": {"en": "We call you"}, "when": SAD}, DONE],
        settings={"minutes": 1, "editable": True},
    )  # fmt: skip


@pytest.fixture
def address(company) -> str:
    publish(asked())
    return f"/s/{open_link().token}/"


def step(page: Page, key: str, value: str):
    return page.locator(f"[name='i-{key}'][value='{value}']")


def fits(page: Page) -> bool:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return page.evaluate(wide) <= 0


def too_small(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, textarea, label.step, label.choice")]
          .filter((each) => each.checkVisibility() && !each.closest(".trap") && each.type !== "range")
          .filter((each) => !(each.matches("input") && each.closest("label.step, label.choice")))
          .filter((each) => { const box = each.getBoundingClientRect(); return box.height < 44 || box.width < 24; })
          .map((each) => each.outerHTML)"""
    )


def test_on_a_phone_questions_come_and_go_and_answers_are_kept(open_as, address):
    requests = []
    page = open_as(None, **PHONE)
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    assert grave(page) == [] and fits(page) and too_small(page) == []
    expect(page.get_by_label("What went wrong?")).to_be_hidden()
    step(page, "nps", "3").check()
    page.get_by_label("What went wrong?").fill("It was late")
    page.get_by_role("radio", name="Dissatisfied", exact=True).check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    assert grave(page) == [] and fits(page) and too_small(page) == []
    page.get_by_role("radio", name="Other").check()
    page.get_by_label("Which other?").fill("By pigeon")
    page.get_by_role("group", name="Price").get_by_label("Good").check()
    page.locator("[data-slider] input[type=range]").fill("35")
    expect(page.get_by_label("Much")).to_have_value("35")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("What went wrong?")).to_have_value("It was late")
    page.go_back()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Page 1 of")).to_be_visible()
    step(page, "nps", "4").check()
    page.get_by_label("What went wrong?").fill("It was very late")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Which other?")).to_have_value("By pigeon")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="We call you")).to_be_visible()
    assert grave(page) == []
    row = Response.objects.get()
    assert (row.status, row.end) == ("completed", "sorry") and row.values[
        "why"
    ] == "It was very late"
    assert ("grid", "price", "good", 3.0, "") in rows()
    page.get_by_role("link", name="Change my answers").click()
    expect(step(page, "nps", "4")).to_be_checked()
    assert page.context.cookies() == []
    assert {url.split("/")[2] for url in requests} == {page.url.split("/")[2]}


def test_by_keys_alone_in_the_dark(open_as, address):
    page = open_as(None, address, scheme="dark", **PHONE)
    assert grave(page) == []
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    assert grave(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _n in range(9):
        page.keyboard.press("ArrowRight")
    expect(step(page, "nps", "9")).to_be_checked()
    expect(step(page, "nps", "9")).to_be_focused()
    while not page.evaluate("document.activeElement.value === 'next'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Page 2 of 3")).to_be_visible()
    assert Response.objects.get().values["nps"] == "9"


def test_without_scripts_it_is_answered_all_the_same(chromium, live_server, address):
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport=PHONE
    )
    page = context.new_page()
    page.goto(address)
    step(page, "nps", "2").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Your answers opened more questions")).to_be_visible()
    page.get_by_label("What went wrong?").fill("Late")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Much").fill("40")
    page.get_by_role("radio", name="Other").check()
    page.get_by_role("button", name="Send").click()
    page.get_by_label("Which other?").fill("By pigeon")
    page.locator("[name='i-order-milk']").select_option("1")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="We call you")).to_be_visible()
    assert ("how_other", "", "", None, "By pigeon") in rows()
    assert ("order", "", "milk", 1.0, "") in rows() and ("much", "", "", 40.0, "") in rows()
    context.close()


def test_answers_are_kept_while_somebody_gives_them(open_as, address):
    page = open_as(None, address, **PHONE)
    with page.expect_response(lambda found: found.request.method == "POST") as kept:
        step(page, "nps", "3").check()
    assert kept.value.ok and Response.objects.get().values["nps"] == "3"
    page.get_by_label("What went wrong?").fill("Late")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    assert Response.objects.get().values["why"] == "Late"
