"""Results of a survey in a browser: nobody is shut out, a phone is enough, and a shared page asks for no script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from jobs.services import run_pending
from surveys.models import ResultShare
from surveys.results import export_jobs
from tests.browser.axe import grave
from tests.browser.test_every_screen import AT_ONCE, PHONE, faults_of, too_wide
from tests.cast import create
from tests.surveys import surveying
from tests.surveys.results.answering import answer, survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def record(cast):
    surveying.publish(survey())
    record = create("organisation", name="Open Harbour", owner=cast.administrator.pk)
    for n in range(24):
        said = {
            "likely": 10 - n % 5,
            "words": f"Delivery was late {n}",
            "why": ["care"],
            "happy": 4,
        }
        answer(record, days_ago=n * 20, seconds={"first": 9}, step="second", **said)
    return record


def at(name, *args):
    return reverse(f"survey_results:{name}", args=["relation", *args])


def test_the_screens_shut_nobody_out_and_fit_a_phone(cast, record, open_as):
    page = open_as(cast.administrator)
    page.add_init_script(AT_ONCE)
    found = faults_of(
        page,
        {
            "surveys": reverse("survey_results:list"),
            "results": f"{at('results')}?split=owner&days=365",
            "what people said": at("verbatims"),
            "share": at("share"),
            "record": reverse("records:record", args=[record]),
        },
    )
    assert not found, found


def test_many_are_exported_and_fetched_by_the_keyboard_alone(
    cast, record, open_as, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(export_jobs, "AT_ONCE", 3)
    page = open_as(cast.administrator)
    page.add_init_script(AT_ONCE)
    asked = f"{at('export')}?format=csv"
    assert not faults_of(page, {"export": asked})
    page.goto(asked)
    page.get_by_role("button", name="Export: CSV").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".job-progress")).to_contain_text("0 of 24")
    run_pending()
    assert not faults_of(page, {"the file": page.url})
    page.get_by_role("link", name=".csv").focus()
    with page.expect_download() as fetched:
        page.keyboard.press("Enter")
    assert len(fetched.value.path().read_text().splitlines()) == 25


def test_somebody_reads_searches_and_shares_by_the_keyboard_alone(
    cast, record, open_as, chromium, live_server
):
    page = open_as(cast.administrator)
    page.goto(at("results"))
    expect(page.locator(".sr-line")).to_contain_text("24 answers")
    page.get_by_label("Split by").focus()
    page.keyboard.type("Owner")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="By Owner")).to_be_visible()
    page.locator(".sr-words a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sr-verbatim")).to_have_count(24)
    page.goto(at("share"))
    page.get_by_role("button", name="Make the link").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sr-shares li")).to_have_count(1)
    token = ResultShare.objects.get().token
    bare = chromium.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    bare.goto(live_server.url + reverse("shared_results", args=[token]))
    expect(bare.locator("h1")).to_have_text("Relationship")
    expect(bare.locator(".sr-bars").first).to_be_visible()
    expect(bare.locator("body")).not_to_contain_text("late")


def test_a_shared_page_shuts_nobody_out(cast, record, open_as):
    row = ResultShare.objects.create(
        survey="relation",
        name="Board",
        questions=["likely", "happy", "why"],
        expires_at="2100-01-01T00:00Z",
        created_by=cast.administrator,
    )
    page = open_as(cast.administrator)
    page.goto(reverse("shared_results", args=[row.token]))
    assert grave(page) == []
    page.set_viewport_size(PHONE)
    assert too_wide(page) == []
    page.emulate_media(color_scheme="dark")
    assert grave(page, "color-contrast") == []
