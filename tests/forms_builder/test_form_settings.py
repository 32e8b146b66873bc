"""Settings of a form, and what becomes of what is sent: typed on screens, checked, and kept as packs have them."""

import pytest

from crm_config import publication
from forms_builder.models import Form
from tests.forms_builder.forms import contact, item, publish
from tests.forms_builder.studio import address, posted

pytestmark = pytest.mark.django_db
FULL = {
    "slug": "hello",
    "opens": "2026-01-01",
    "closes": "2026-12-31 18:00",
    "most": 50,
    "once": "email",
    "by_token": True,
    "opt_in": "email",
    "opt_in_days": 3,
    "opt_in_mail": {"subject": {"en": "Confirm"}, "body": {"en": "Follow {{ link }}"}},
    "mail": {"to": "email", "subject": {"en": "Thanks"}, "body": {"en": "{{ reference }}"}},
    "min_seconds": 0,
    "per_hour": 9,
    "resume": True,
    "redirect": "https://example.com/thanks",
    "privacy": "/privacy/",
    "embed": ["https://www.example.com"],
    "minutes": 2,
    "closed": {"en": "Too late"},
}
HANDLING = {
    "match": ["email"],
    "update": "overwrite",
    "set": {"given_name": "Nobody"},
    "links": [{"link": "company", "type": "organisation", "match": ["name"]}],
    "routes": [
        {"key": "north", "when": {"field": "email", "op": "is_set"}, "team": "North"},
        {"key": "rest", "role": "sales", "set": {"family_name": "x"}},
    ],
}


def settings() -> dict:
    return Form.objects.get().settings


def test_saving_untouched_settings_changes_nothing(browser):
    publish(contact(settings=FULL, intro={"en": "Hello"}, done={"el": "Ευχαριστούμε"}))
    path = address("settings")
    before = Form.objects.get()
    sent = posted(browser, path) | {"embed": "https://www.example.com"}
    answer = browser.post(path, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    after = Form.objects.get()
    assert after.settings == before.settings == FULL
    assert (after.intro, after.done) == (before.intro, before.done)
    assert not publication.changes()


def test_texts_and_limits_are_typed(browser):
    said = {
        "labels_en": "Say hello",
        "intro_en": "We answer.",
        "slug": "say-hello",
        "most": "10",
        "closes": "2030-01-01",
    }
    answer = browser.post(address("settings"), posted(browser, address("settings")) | said)
    assert answer.status_code == 302, answer.context["form"].errors
    row = Form.objects.get()
    assert row.label == "Say hello" and row.intro == {"en": "We answer."}
    assert row.settings == {
        "slug": "say-hello",
        "most": 10,
        "closes": "2030-01-01",
        "min_seconds": 0,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("slug", "No Good"),
        ("slug", "other"),
        ("closes", "tomorrow"),
        ("embed", "example.com"),
        ("privacy", "javascript:x"),
        ("redirect", "javascript:alert(1)"),
        ("mail_to", "family_name"),
        ("labels_en", ""),
    ],
)
def test_what_does_not_fit_is_refused_where_it_stands(browser, name, value):
    publish(contact(), contact(key="other"))
    answer = browser.post(address("settings"), posted(browser, address("settings")) | {name: value})
    assert answer.status_code == 200 and name.removesuffix("_en") in answer.context["form"].errors


def test_a_mail_needs_a_text_and_somebody_to_get_it(browser):
    sent = posted(browser, address("settings"))
    answer = browser.post(address("settings"), sent | {"mail_to": "email"})
    assert "mail_subject" in answer.context["form"].errors
    texts = {"mail_subject_en": "Thanks", "mail_body_en": "{{ reference }}"}
    answer = browser.post(address("settings"), sent | texts)
    assert "mail_to" in answer.context["form"].errors
    browser.post(address("settings"), sent | texts | {"mail_to": "email"})
    assert settings()["mail"]["to"] == "email"


def test_what_becomes_of_it_is_kept_as_it_was_when_nothing_is_touched(browser, cast):
    linked = item("firm", "linked_field", options={"link": "company", "field": "name"})
    publish(contact(linked, handling=HANDLING))
    for path in (
        address("handling"),
        address("link", "company"),
        address("route", "north"),
        address("route", "rest"),
    ):
        answer = browser.post(path, posted(browser, path))
        assert answer.status_code == 302, answer.context["form"].errors
    found = Form.objects.get().handling
    assert found == HANDLING
    page = browser.get(address("handling")).content.decode()
    assert "North" in page and "found again by" in page


def test_matching_and_acting_for_somebody_are_typed(browser, cast):
    said = {"match": ["family_name", "email"], "update": "never", "by": cast.owner.username}
    browser.post(address("handling"), said)
    assert Form.objects.get().handling == {**said}
    answer = browser.post(address("handling"), {**said, "by": "nobody-here"})
    assert "by" in answer.context["form"].errors


def test_routes_are_added_moved_and_removed(browser, cast):
    when = '{"field": "email", "op": "is_set"}'
    browser.post(address("add_route"), {"when": when, "team": cast.north.name})
    browser.post(address("add_route"), {"role": "sales", "users": cast.owner.username})
    first, second = [r["key"] for r in Form.objects.get().handling["routes"]]
    browser.post(address("move_route", second), {"to": "up"})
    assert [r["key"] for r in Form.objects.get().handling["routes"]] == [second, first]
    browser.post(address("move_route", second), {"to": "away"})
    routes = Form.objects.get().handling["routes"]
    assert routes == [
        {"key": first, "when": {"field": "email", "op": "is_set"}, "team": cast.north.name}
    ]
    publication.publish(user=None)
