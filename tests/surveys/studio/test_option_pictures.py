"""Pictures of options are chosen in the builder's rows, with what they show in each language."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model

from surveys.models import Response
from tests.surveys.answering.test_pictures import asked, image, option
from tests.surveys.studio.building import address, known, row
from tests.surveys.surveying import options, publish, question, survey

pytestmark = pytest.mark.django_db
SENT = {
    "labels_en": "Which?",
    "width": "full",
    "when_hidden": "clear",
    "option_options-rows": "2",
    "option_options-0-key": "red",
    "option_options-0-label_en": "Red",
    "option_options-0-alt_en": "A red car",
    "option_options-1-label_en": "Blue",
    "option_options-1-picture": "",
    "option_options-1-alt_en": "Of no picture",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def said() -> list:
    return known("which")["options"]["options"]


def test_it_is_chosen_kept_and_taken_out(browser):
    red = image()
    publish(survey("pulse", asked(option("red", alt={"ro": "Roșu"}, picture=red))))
    answer = browser.post(address("item", "which"), {**SENT, "option_options-0-picture": str(red)})
    assert answer.status_code == 302, answer.context["form"].errors
    first, second = said()
    assert first["picture"] == red and first["alt"] == {"ro": "Roșu", "en": "A red car"}
    assert second == {"key": "blue", "labels": {"en": "Blue"}}
    browser.post(address("item", "which"), SENT)
    assert "picture" not in said()[0] and "alt" not in said()[0]


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "ranking"])
def test_the_chooser_shows_what_is_chosen(browser, kind):
    red = image()
    publish(survey("pulse", asked(option("red", red), kind=kind)))
    page = browser.get(address("item", "which")).content.decode()
    assert re.search(rf'name="option_options-0-picture" value="{red}"', page)
    assert "wagtailimages/js/image-chooser-modal.js" in page
    get_image_model().objects.all().delete()
    assert browser.get(address("item", "which")).status_code == 200


@pytest.mark.parametrize("kind", ["dropdown", "matrix"])
def test_kinds_without_room_for_pictures_do_not_ask(browser, kind):
    said = {"options": options("a"), **({"rows": options("b")} if kind == "matrix" else {})}
    publish(survey("pulse", question("which", kind, options=said)))
    assert "-picture" not in browser.get(address("item", "which")).content.decode()


def test_the_preview_shows_it_before_it_is_published(browser):
    red = image()
    publish(survey("pulse", asked(option("red"))))
    survey_row = row()
    survey_row.steps[0]["sections"][0]["items"][0]["options"]["options"][0]["picture"] = red
    survey_row.save()
    frame = browser.get(address("frame"))
    (shown,) = re.findall(r'<img src="([^"]+)"', frame.content.decode())
    assert browser.get(shown).status_code == 200
    assert "img-src 'self'" in frame["Content-Security-Policy"]
    assert not Response.objects.exists()


def test_many_pictures_cost_as_much_as_one(browser):
    numbers = [image() for _n in range(8)]
    counts = []
    for some in (numbers[:1], numbers):
        publish(survey("pulse", asked(*(option(f"o{n}", n) for n in some))))
        browser.get(address("item", "which"))
        with CaptureQueriesContext(connection) as queries:
            browser.get(address("item", "which"))
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2
