"""Sending before people: its screens for everybody, at a desk and on a phone, and the page of preferences without
scripts and by keys."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from records.contact.sealing import Pass
from records.models import Unsubscription
from surveys.models import Dispatch, Invitation, OpenLink
from tests.browser.axe import grave
from tests.browser.test_every_screen import faults_of
from tests.surveys.sending.world import person, publish


@pytest.fixture
def anna(cast) -> int:
    publish()
    pk = person("Anna")
    row = Dispatch.objects.create(
        survey="nps", name="Spring", status="running", counted={"refuses": 1}
    )
    for n, status in enumerate(("sent", "skipped", "unsure")):
        Invitation.objects.create(dispatch=row, survey="nps", record_id=pk, person_id=pk, key=f"k{n}",
                                  status=status, why="refuses" if status == "skipped" else "")  # fmt: skip
    OpenLink.objects.create(survey="nps", name="Receipt", kind="embed")
    return pk


def test_every_screen_of_sending(open_as, cast, anna) -> None:
    row = Dispatch.objects.get()
    addresses = {
        "contact budget": reverse("contact_studio:all"),
        "a rule": reverse("contact_studio:rule", args=["surveys"]),
        "people": reverse("contact_studio:people", args=["person"]),
        "sendings": reverse("survey_sending:all"),
        "a sending": reverse("survey_sending:dispatch", args=[row.pk]),
        "ask": reverse("survey_sending:ask", args=[anna]),
        "links": reverse("survey_sending:links", args=["nps"]),
    }
    found = faults_of(open_as(cast.administrator), addresses)
    assert not found, found


def test_about_one_person_from_the_menu_of_the_record(open_as, cast, anna) -> None:
    page: Page = open_as(cast.administrator)
    Invitation.objects.all().delete()
    page.goto(reverse("records:record", args=[anna]))
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Ask by survey").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Send").click()
    expect(page.get_by_text("The mail is on its way.")).to_be_visible()
    assert Invitation.objects.get().status == "queued"


@pytest.mark.parametrize("scripts", [True, False])
def test_preferences_are_chosen_by_keys_on_a_phone(
    chromium, live_server, anna, scripts: bool
) -> None:
    context = chromium.new_context(
        java_script_enabled=scripts,
        viewport={"width": 390, "height": 844},
        base_url=live_server.url,
    )
    try:
        page = context.new_page()
        page.goto(f"/c/{Pass.to('anna@example.com', anna, 'surveys').text()}/")
        if scripts:
            assert grave(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.get_by_label("Surveys").focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Save").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("It was saved.")).to_be_visible()
        assert Unsubscription.objects.get().purpose == "surveys"
        assert context.cookies() == []
    finally:
        context.close()
