"""Nothing that is typed is lost: not with the tab, not with the session, not with the connection."""

import pytest
from playwright.sync_api import Page, expect

from records import services
from records.access import Access
from records.gate import Change
from records.models import Record, TypedDraft
from records.selectors import get
from tests.browser.conftest import session_of
from tests.browser.screens import edit, record
from tests.cast import create
from tests.records.screens import url

NEW = url("new", "organisation")
KEPT = "Your draft is kept."


@pytest.fixture
def harbour(cast) -> int:
    return create("organisation", cast.owner, name="Open Harbour", headcount=12)


def offer(page: Page):
    return page.get_by_role("region", name="Begun before")


def begin(page: Page, name: str = "Begun & kept") -> None:
    page.get_by_label("Name").fill(name)
    expect(page.get_by_text(KEPT)).to_be_visible()


def again(page: Page, address: str = NEW) -> Page:
    """The tab is closed; another one opens."""
    context = page.context
    page.close()
    fresh = context.new_page()
    fresh.goto(address)
    return fresh


@pytest.mark.parametrize("width", [1280, 390])
def test_a_closed_tab_loses_nothing_and_what_is_sent_is_gone(open_as, cast, width):
    page = open_as(cast.owner, NEW, width=width)
    begin(page)
    page = again(page)
    expect(offer(page)).to_contain_text("You began this on")
    expect(page.get_by_label("Name")).to_have_value("")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("Name")).to_have_value("Begun & kept")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Begun & kept", exact=True)).to_be_visible()
    page.goto(NEW)
    expect(page.locator("[name=typed]")).to_have_count(1)
    expect(offer(page)).to_have_count(0)
    assert not TypedDraft.objects.filter(ended_at=None).exists()


def test_what_is_discarded_is_not_offered_again(open_as, cast):
    page = again_after_beginning(open_as, cast)
    with page.expect_response("**/discard/"):
        offer(page).get_by_role("button", name="Discard").click()
    expect(offer(page)).to_have_count(0)
    page.reload()
    expect(page.locator("[name=typed]")).to_have_count(1)
    expect(offer(page)).to_have_count(0)


def again_after_beginning(open_as, cast) -> Page:
    page = open_as(cast.owner, NEW)
    begin(page)
    return again(page)


def test_typed_without_a_connection_it_is_there_when_that_is_back(open_as, cast):
    page = open_as(cast.owner, NEW)
    begin(page, "Before")
    page.context.set_offline(True)
    page.get_by_label("Name").fill("While away zqx")
    expect(page.get_by_text("No connection: what you type is kept")).to_be_visible()
    page.wait_for_timeout(400)
    assert TypedDraft.objects.get().values["f-name"] == ["Before"]
    # What lies in the browser meanwhile is of use to nobody who finds it.
    assert "While away" not in lying_there(page)
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(NEW)
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("Name")).to_have_value("While away zqx")


def lying_there(page: Page) -> str:
    """All that the browser's database holds, as text."""
    return page.evaluate(
        """() => new Promise((done) => {
          const asked = indexedDB.open('relata');
          asked.onsuccess = () => {
            const all = asked.result.transaction('typed').objectStore('typed').getAll();
            all.onsuccess = () => done(all.result.map((row) => JSON.stringify({ ...row, sealed: null })
              + new TextDecoder('latin1').decode(row.sealed)).join());
          };
        })"""
    )


def held_keys(page: Page) -> int:
    return page.evaluate(
        """() => new Promise((done) => {
          const asked = indexedDB.open('relata');
          asked.onsuccess = () => {
            const all = asked.result.transaction('keys').objectStore('keys').count();
            all.onsuccess = () => done(all.result);
          };
        })"""
    )


def test_a_lost_session_loses_nothing_and_leaves_no_key(open_as, cast):
    page = open_as(cast.owner, NEW)
    begin(page, "Before")
    session = [c for c in page.context.cookies() if c["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Name").fill("After it was lost")
    expect(page.get_by_text("You are not signed in any more")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.wait_for_timeout(300)
    assert held_keys(page) == 0 and not Record.unscoped.exists()
    page.context.add_cookies(session)
    page.goto(NEW)
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("Name")).to_have_value("After it was lost")


def test_somebody_else_on_the_same_browser_gets_nothing(open_as, cast):
    page = open_as(cast.owner, NEW)
    begin(page, "Mine alone")
    origin = page.evaluate("location.origin")
    page.context.set_offline(True)
    page.get_by_label("Name").fill("Mine, not sent")
    expect(page.get_by_text("No connection: what you type is kept")).to_be_visible()
    page.wait_for_timeout(400)
    context = page.context
    page.close()
    context.set_offline(False)
    context.add_cookies([session_of(cast.manager, origin)])
    page = context.new_page()
    page.goto(NEW)
    expect(page.locator("[name=typed]")).to_have_count(1)
    expect(offer(page)).to_have_count(0)
    assert TypedDraft.objects.get().user == cast.owner
    context.add_cookies([session_of(cast.owner, origin)])
    page.goto(NEW)
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("Name")).to_have_value("Mine, not sent")


def test_a_conflict_with_what_somebody_saved_meanwhile_is_shown(open_as, cast, harbour):
    page = open_as(cast.owner, edit(harbour))
    page.get_by_label("Headcount").fill("20")
    page.get_by_label("Notes").fill("New notes")
    expect(page.get_by_text(KEPT)).to_be_visible()
    context = page.context
    page.close()
    other = open_as(cast.administrator, edit(harbour))
    other.get_by_label("Headcount").fill("14")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_text("Saved")).to_be_visible()
    page = context.new_page()
    page.goto(edit(harbour))
    expect(offer(page)).to_contain_text("The record was changed since")
    page.get_by_role("link", name="Go on with it").click()
    both = page.get_by_role("alert").get_by_role("group", name="Headcount")
    expect(both).to_contain_text("20")
    expect(both).to_contain_text("14")
    both.get_by_label("Administrator").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Open Harbour", exact=True)).to_be_visible()
    view = get(harbour, access=Access.system())
    assert (view.value("headcount"), view.value("notes")) == (14, "New notes")


def test_what_was_refused_goes_on_as_the_same_draft(open_as, cast):
    page = open_as(cast.owner, NEW)
    page.get_by_label("Notes").fill("Without a name")
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Not saved yet", exact=True)).to_be_visible()
    page.get_by_label("Name").fill("Now with one")
    expect(page.get_by_text(KEPT)).to_be_visible()
    assert TypedDraft.objects.get().values["f-name"] == ["Now with one"]
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Now with one", exact=True)).to_be_visible()
    assert not TypedDraft.objects.filter(ended_at=None).exists()


def test_without_a_connection_saving_leaves_the_form_as_it_is(open_as, cast):
    page = open_as(cast.owner, NEW)
    begin(page, "Before")
    page.context.set_offline(True)
    page.get_by_label("Name").fill("Saved later")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("No connection: what you type is kept")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Saved later")
    page.context.set_offline(False)
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Saved later", exact=True)).to_be_visible()


def test_a_field_changed_in_place_is_gone_on_with_and_a_clash_is_told(open_as, cast, harbour):
    page = open_as(cast.owner, record(harbour))
    page.get_by_role("link", name="Change Name").click()
    page.locator(".r-fact input[type=text]").fill("Begun in place")
    expect(page.get_by_text(KEPT)).to_be_visible()
    other = Access.of(cast.administrator)
    changed = Change("change", id=harbour, values={"name": "Theirs now"})
    assert services.execute_one(changed, access=other, channel="admin").ok
    page = again(page, record(harbour))
    page.get_by_role("link", name="Change Name").click()
    offer(page).get_by_role("link", name="Go on with it").click()
    expect(page.locator(".r-fact input[type=text]")).to_have_value("Begun in place")
    expect(page.get_by_role("alert")).to_contain_text("It now says: Theirs now")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".r-fact", has_text="Begun in place")).to_be_visible()
    assert get(harbour, access=Access.of(cast.owner)).title == "Begun in place"
    page.reload()
    page.get_by_role("link", name="Change Name").click()
    expect(page.locator("[name=typed]")).to_have_count(1)
    expect(offer(page)).to_have_count(0)


def test_what_was_typed_in_place_stays_when_the_server_is_not_reached(open_as, cast, harbour):
    page = open_as(cast.owner, record(harbour))
    page.get_by_role("link", name="Change Name").click()
    page.locator(".r-fact input[type=text]").fill("Kept here")
    page.route("**/field/name/", lambda route: route.abort())
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("What you typed is still here")).to_be_visible()
    page.unroute("**/field/name/")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".r-fact", has_text="Kept here").first).to_be_visible()
    expect(page.locator(".r-fact input[type=text]")).to_have_count(0)
