"""A public form before a person: with scripts and without, by keys alone, on a phone, for everybody."""

import hashlib
import re

import pytest
from playwright.sync_api import Page, expect

from forms_builder.models import Submission
from records.models import Record
from tests.browser.axe import grave
from tests.forms_builder.forms import form, item, publish, step

RETAIL = {"field": "sector", "op": "eq", "value": "retail"}


@pytest.fixture
def about(company) -> str:
    publish(
        form(
            "about_us",
            type="organisation",
            steps=[
                step(
                    "who",
                    item("name", required=True, help={"en": "As it stands on your letters."}),
                    item("sector"),
                    item(
                        "headcount",
                        shown_when=RETAIL,
                        required=True,
                        message_when=[
                            {
                                "when": {"field": "headcount", "op": "gt", "value": 100},
                                "message": {"en": "That is a large house."},
                            }
                        ],
                    ),
                    labels={"en": "Who you are"},
                ),
                step(
                    "more",
                    item("notes"),
                    item("agree", "consent", required=True,
                         options={"text": {"en": "You may keep this."}, "purpose": "contact"}),
                    item("work", "captcha", options={"demand": True}),
                    labels={"en": "More"},
                ),
            ],
        )
    )  # fmt: skip
    return "/f/about-us/"


def control(page: Page, key: str):
    return page.locator(f"[name='i-{key}']")


def test_with_scripts_questions_come_and_go_and_the_work_is_done(open_as, about):
    asked = []
    page = open_as(None)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(about)
    assert grave(page) == []
    expect(control(page, "headcount")).to_be_hidden()
    page.get_by_label("Retail").check()
    expect(control(page, "headcount")).to_be_visible()
    control(page, "headcount").fill("250")
    expect(page.get_by_text("That is a large house.")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert grave(page) == []
    page.get_by_role("link", name=re.compile("^Name")).click()
    expect(control(page, "name")).to_be_focused()
    control(page, "name").fill("Acme")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Step 2 of 2")).to_be_visible()
    expect(page.get_by_text("Checked: no further step is needed.")).to_be_visible()
    assert grave(page) == []
    page.get_by_label("You may keep this.").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert grave(page) == []
    row = Submission.objects.get()
    expect(page.get_by_text(row.reference)).to_be_visible()
    assert (
        row.status == "accepted"
        and Record.unscoped.get(type="organisation").data["headcount"] == 250
    )
    assert page.context.cookies() == []
    assert {url.split("/")[2] for url in asked} == {page.url.split("/")[2]}


def test_an_answer_that_goes_is_not_sent(open_as, about):
    page = open_as(None, about)
    control(page, "name").fill("Acme")
    page.get_by_label("Retail").check()
    control(page, "headcount").fill("9")
    page.get_by_label("It", exact=True).check()
    expect(control(page, "headcount")).to_be_hidden()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("You may keep this.").check()
    expect(page.get_by_text("Checked: no further step is needed.")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert "headcount" not in Record.unscoped.get(type="organisation").data


def test_by_keys_alone_on_a_dark_phone(open_as, about):
    page = open_as(None, about, width=390, height=844, scheme="dark")
    assert grave(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, textarea, nav a, label.choice")]
          .filter((each) => each.checkVisibility() && !each.closest(".trap, .choice:not(label)"))
          .filter((each) => !(each.matches("input") && each.closest("label.choice")))
          .filter((each) => each.getBoundingClientRect().height < 44).map((each) => each.outerHTML)"""
    )
    assert small == []
    control(page, "name").focus()
    page.keyboard.type("Acme")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()


def test_without_scripts_it_is_sent_all_the_same(chromium, live_server, company):
    publish(form("about_us", item("name", required=True), item("sector"), item("headcount", shown_when=RETAIL),
                 item("work", "captcha"), type="organisation"))  # fmt: skip
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/f/about-us/")
    control(page, "name").fill("Acme")
    page.get_by_label("Retail").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your answers opened more questions")).to_be_visible()
    control(page, "headcount").fill("5")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Record.unscoped.get(type="organisation").data["headcount"] == 5
    context.close()


def test_in_a_frame_it_tells_its_height(open_as, about, live_server):
    page = open_as(None, "/healthz")
    page.set_content(
        f'<iframe data-relata-form src="{live_server.url}{about}?embed=1" height="150"></iframe>'
        f'<script type="module" src="{live_server.url}/static/forms_builder/js/embed.js"></script>'
    )
    frame = page.locator("iframe")
    expect(frame).not_to_have_attribute("height", "150")
    assert int(frame.get_attribute("height") or 0) > 300


def test_the_browser_without_hashing_of_its_own_hashes_alike(chromium, settings):
    source = (settings.BASE_DIR / "static" / "forms_builder" / "js" / "proof.js").read_text()
    page = chromium.new_page()
    page.add_script_tag(content=f"{source}\nwindow.sha256 = sha256;", type="module")
    page.wait_for_function("window.sha256 !== undefined")
    for text in (
        "",
        "abc",
        "salt?expires=1&form=x12345",
        "é" * 40,
        "x" * 55,
        "x" * 56,
        "x" * 64,
        "x" * 200,
    ):
        assert (
            page.evaluate("(text) => sha256(text)", text)
            == hashlib.sha256(text.encode()).hexdigest()
        )
    page.close()
