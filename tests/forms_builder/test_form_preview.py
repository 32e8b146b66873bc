"""The preview shows the working copy's form; it sends nothing, and the public page does not change by it."""

import pytest

from forms_builder.models import Form, FormDraft, Submission
from records.models import Record
from tests.crm_config.studio import client_of
from tests.forms_builder.forms import form, item, publish, step
from tests.forms_builder.studio import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_steps(browser):
    steps = [
        step("one", item("family_name", required=True)),
        step("two", item("email", shown_when={"field": "family_name", "op": "is_set"})),
    ]
    publish(form("contact", steps=steps, done={"en": "We write back."}))
    return browser


def frame(browser, **sent):
    path = address("frame") + "?lang=en"
    answer = browser.post(path, sent) if sent else browser.get(path)
    assert answer.status_code == 200
    return answer


def test_it_is_marked_and_shows_what_is_not_published_yet(browser):
    browser.post(address("add_item"), {"add": "field:given_name", "to": "one.main"})
    page = frame(browser).content.decode()
    assert "Preview: nothing is sent." in page and 'name="i-given_name"' in page
    assert 'name="i-given_name"' not in browser.get("/f/contact/").content.decode()


def test_it_goes_through_the_steps_and_sends_nothing(two_steps):
    page = frame(two_steps)
    wrong = frame(
        two_steps, step="one", seal=page.context["seal"], go="next", **{"i-family_name": ""}
    )
    assert wrong.context["errors"]
    second = frame(
        two_steps, step="one", seal=page.context["seal"], go="next", **{"i-family_name": "Pop"}
    )
    assert second.context["step"].key == "two" and 'name="i-email"' in second.content.decode()
    last = frame(
        two_steps, step="two", seal=second.context["seal"], go="next", **{"i-email": "a@b.ro"}
    )
    assert "We write back." in last.content.decode()
    assert not Submission.objects.exists() and not FormDraft.objects.exists()
    assert not Record.unscoped.exists()


def test_a_page_that_is_none_of_ours_begins_anew(two_steps):
    answer = frame(two_steps, step="two", seal="forged", go="next")
    assert answer.context["step"].key == "one"


def test_unfinished_items_are_left_out_meanwhile(browser):
    browser.post(address("add_item"), {"add": "image", "to": "one.main"})
    assert 'name="i-email"' in frame(browser).content.decode()
    Form.objects.update(steps=[])
    assert "Nothing stands on it yet" in frame(browser).content.decode()


def test_languages_and_widths_are_chosen(browser):
    page = browser.get(address("preview") + "?width=desk").content.decode()
    assert "form-preview--desk" in page and address("frame") in page


def test_only_administrators_see_it_and_only_in_our_own_frame(browser, cast):
    answer = frame(browser)
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    for name in ("owner", "outsider"):
        other = client_of(getattr(cast, name))
        assert other.get(address("frame")).status_code in (302, 403)
        assert other.post(address("frame"), {}).status_code in (302, 403)
