"""The network is cut in a real browser: forms are filled in, kept, sent later, mended, and sent once."""

import json

import pytest
from playwright.sync_api import Page, expect

from forms_builder.models import Submission
from records.models import Record
from tests.browser.conftest import session_of
from tests.cast import Cast, create
from tests.forms_builder.forms import form, item, publish
from tests.records.screens import url

LIST = url("list", "organisation")


@pytest.fixture
def forms(cast: Cast) -> None:
    publish(
        form(
            "visit_report",
            item("name", required=True),
            item("code"),
            item("sector"),
            item("headcount", shown_when={"field": "sector", "op": "eq", "value": "it"}),
            item("notes"),
            type="organisation",
            channel="staff",
            labels={"en": "Visit report"},
            settings={"offline": True},
        ),
    )


@pytest.fixture(params=[1280, 390])
def page(open_as, cast, forms, request) -> Page:
    """Once with a connection: the worker is there, and what it needs."""
    page = open_as(cast.owner, LIST, width=request.param)
    ready(page)
    return page


def ready(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def cut(page: Page) -> None:
    page.context.set_offline(True)
    page.goto(LIST)
    expect(page.get_by_role("heading", name="Without a connection")).to_be_visible()


def fill_in(page: Page, name: str, **more: str) -> None:
    page.get_by_role("link", name="Visit report").click()
    page.get_by_label("Name").fill(name)
    for label, value in more.items():
        page.get_by_label(label).fill(value)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def kept_here(page: Page) -> str:
    return page.evaluate(
        """() => new Promise((done) => {
          const asked = indexedDB.open('relata');
          asked.onsuccess = () => {
            const all = asked.result.transaction('waiting').objectStore('waiting').getAll();
            all.onsuccess = () => done(all.result.map((row) => JSON.stringify({ ...row, sealed: null })
              + new TextDecoder('latin1').decode(row.sealed)).join());
          };
        })"""
    )


def test_a_report_is_filled_in_without_a_connection_and_sent_when_it_is_back(page, cast):
    cut(page)
    fill_in(page, "Open Harbour")
    # The form's logic holds.
    expect(page.get_by_label("Headcount")).to_be_hidden()
    page.get_by_label("It", exact=True).check()
    page.get_by_label("Headcount").fill("12")
    save(page)
    expect(page.get_by_text("Kept. It is sent when the connection is back.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Waiting to be sent")).to_be_visible()
    assert "Harbour" not in kept_here(page) and not Record.unscoped.exists()
    page.context.set_offline(False)
    expect(page.get_by_text("Nothing waits to be sent.")).to_be_visible()
    expect(page.get_by_role("link", name="Open Harbour")).to_be_visible()
    record = Record.unscoped.get()
    assert (record.title, record.owner, record.data["headcount"]) == (
        "Open Harbour",
        cast.owner,
        12,
    )


def test_what_is_missing_is_told_at_once(page):
    cut(page)
    page.get_by_role("link", name="Visit report").click()
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Name: This is required.")
    page.get_by_role("link", name="Name: This is required.").click()
    expect(page.get_by_label("Name")).to_be_focused()


@pytest.fixture
def one(open_as, cast, forms) -> Page:
    page = open_as(cast.owner, LIST)
    ready(page)
    return page


def test_the_tab_may_be_closed_and_another_screen_sends_it(one, cast):
    cut(one)
    fill_in(one, "Begun only")
    one.wait_for_timeout(600)
    context = one.context
    one.close()
    page = context.new_page()
    page.goto(url("list", "person"))
    begun = page.get_by_role("listitem").filter(has_text="Begun")
    begun.get_by_role("link", name="Look at it").click()
    expect(page.get_by_label("Name")).to_have_value("Begun only")
    save(page)
    expect(page.get_by_text("Kept. It is sent when")).to_be_visible()
    page.close()
    context.set_offline(False)
    page = context.new_page()
    with page.expect_response("**/offline/send/"):
        page.goto(url("list", "person"))
    page.wait_for_timeout(300)
    assert Record.unscoped.get().title == "Begun only"


def test_what_is_refused_waits_with_the_reason_and_is_mended(one, cast):
    create("organisation", name="Other", code="X-1")
    cut(one)
    fill_in(one, "Mended", Code="x-1")
    save(one)
    expect(one.get_by_text("Kept. It is sent when")).to_be_visible()
    one.context.set_offline(False)
    entry = one.get_by_role("listitem").filter(has_text="Has to be mended")
    expect(entry).to_be_visible()
    assert Record.unscoped.count() == 1
    entry.get_by_role("link", name="Look at it").click()
    expect(one.get_by_role("alert")).to_contain_text("Code:")
    one.get_by_label("Code").fill("X-2")
    save(one)
    expect(one.get_by_role("link", name="Mended")).to_be_visible()
    assert Record.unscoped.get(title="Mended").data["code"] == "X-2"


def test_an_answer_that_is_lost_makes_no_second_record(one, cast):
    cut(one)
    fill_in(one, "Once alone")
    save(one)
    expect(one.get_by_text("Kept. It is sent when")).to_be_visible()
    lost = []

    def swallow(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    one.context.route("**/offline/send/", swallow)
    one.context.set_offline(False)
    one.wait_for_timeout(800)
    assert lost == [201] and Submission.objects.count() == 1
    one.goto(LIST)
    expect(one.get_by_role("link", name="Once alone").first).to_be_visible()
    one.wait_for_timeout(500)
    assert Record.unscoped.count() == 1 and Submission.objects.count() == 1


def test_whoever_signs_in_next_neither_sees_nor_sends_it(one, cast):
    cut(one)
    fill_in(one, "Mine zqx")
    save(one)
    expect(one.get_by_text("Kept. It is sent when")).to_be_visible()
    context = one.context
    one.close()
    cookie = session_of(cast.stranger, "http://localhost")
    session = next(c for c in context.cookies() if c["name"] == "sessionid")
    context.clear_cookies(name="sessionid")
    context.add_cookies([{**session, "value": cookie["value"]}])
    context.set_offline(False)
    page = context.new_page()
    page.goto("/admin/offline/")
    expect(page.get_by_text("Nothing waits to be sent.")).to_be_visible()
    assert not Record.unscoped.exists()
    # Without a connection, nothing of the first one's can be opened either.
    page.context.set_offline(True)
    page.goto(LIST)
    expect(page.get_by_text("Nothing waits to be sent.")).to_be_visible()
    page.context.set_offline(False)
    context.clear_cookies(name="sessionid")
    context.add_cookies([session])
    page.goto("/admin/offline/")
    expect(page.get_by_role("link", name="Mine zqx")).to_be_visible()
    assert Record.unscoped.get().owner == cast.owner


def test_after_signing_out_nothing_can_be_opened(one, cast):
    cut(one)
    fill_in(one, "Kept all the same")
    save(one)
    expect(one.get_by_text("Kept. It is sent when")).to_be_visible()
    one.context.route("**/offline/send/", lambda route: route.abort())
    one.context.set_offline(False)
    one.context.clear_cookies(name="sessionid")
    one.goto("/admin/login/")
    one.wait_for_timeout(500)
    one.context.set_offline(True)
    one.goto(LIST)
    expect(one.get_by_text("Nothing can be opened here")).to_be_visible()
    assert "Kept all the same" not in one.content()


def test_staff_are_told_and_the_worker_keeps_no_page(one):
    one.context.set_offline(True)
    expect(one.get_by_text("No connection.", exact=False).first).to_be_visible()
    expect(one.get_by_role("link", name="Forms without a connection")).to_be_visible()
    kept = one.evaluate(
        """async () => {
          const names = await caches.keys();
          const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
          return all.flat().map((request) => request.url);
        }"""
    )
    own = [address for address in kept if "/static/" not in address]
    assert len(own) == 1 and "/offline/shell/" in own[0], json.dumps(kept)


def test_public_pages_know_nothing_of_it(open_as, cast):
    publish(form("ask", item("family_name", required=True)))
    page = open_as(None, "/f/ask/")
    expect(page.get_by_label("Family name")).to_be_visible()
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )
