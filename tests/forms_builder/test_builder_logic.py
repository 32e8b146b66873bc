"""The logic of an item is built with the condition builder, in the form's own answers."""

import pytest
from django.urls import reverse

from crm_config import publication
from forms_builder.models import Form
from tests.forms_builder.forms import form, item, publish
from tests.forms_builder.studio import address, known, posted

pytestmark = pytest.mark.django_db
MAIL = {"field": "email", "op": "is_set"}
RETAIL = '{"field": "sector", "op": "eq", "value": "retail"}'


@pytest.fixture
def about_us(browser):
    publish(form("about", item("name"), item("sector"), item("code"), type="organisation"))
    return browser


def test_conditions_name_the_items_of_the_form(browser):
    path = address("logic", "company")
    answer = browser.post(
        path, posted(browser, path) | {"shown_when": '{"field": "email", "op": "is_set"}'}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert known("company")["shown_when"] == MAIL
    assert "shown if" in browser.get(address("form")).content.decode()


def test_what_does_not_stand_on_the_form_cannot_be_named(browser):
    path = address("logic", "company")
    answer = browser.post(
        path, {"shown_when": '{"field": "given_name", "op": "is_set"}', "when_hidden": "clear"}
    )
    assert answer.status_code == 200 and answer.context["form"].errors["shown_when"]


def test_the_builder_offers_items_and_says_the_sentence_without_counting(browser):
    rows = '[["r1","group",[["r2","new",[]]]]]'
    urls = {
        n: reverse(f"conditions:{n}", args=["form", "form-contact"]) for n in ("fields", "check")
    }
    answer = browser.post(
        urls["check"], {"builder": "w", "w": '{"field": "email", "op": "is_set"}'}
    )
    assert "match" not in answer.json()["html"] and "is filled" in answer.json()["html"].lower()
    page = browser.get(address("logic", "company")).content.decode()
    assert urls["fields"] in page and rows


def test_the_builder_of_a_form_is_for_administrators(cast, browser, client):
    client.force_login(cast.owner)
    url = reverse("conditions:check", args=["form", "form-contact"])
    assert client.post(url, {"builder": "w"}).status_code in (302, 403, 404)
    gone = reverse("conditions:check", args=["form", "form-nothing"])
    assert browser.post(gone, {"builder": "w"}).status_code == 404


def test_an_option_a_value_and_a_message_have_rules(about_us):
    def add(kind, which="sector", **said):
        path = address("add_rule", which, kind, form="about")
        answer = about_us.post(path, {"when": '{"field": "name", "op": "is_set"}', **said})
        assert answer.status_code == 302, answer.context["form"].errors

    when = {"field": "name", "op": "is_set"}
    add("options_when", option="retail")
    add("value_set_when", preset="it")
    add("value_set_when", "code", default="A1")
    add("message_when", message_en="Are you sure?", blocks="on")
    sector = known("sector", "about")
    assert sector["options_when"] == [{"option": "retail", "when": when}]
    assert sector["value_set_when"] == [{"when": when, "value": "it"}]
    assert sector["message_when"] == [
        {"when": when, "message": {"en": "Are you sure?"}, "blocks": True}
    ]
    assert known("code", "about")["value_set_when"] == [{"when": when, "value": "A1"}]
    page = about_us.get(address("logic", "sector", form="about")).content.decode()
    assert "Are you sure?" in page and "Retail" in page
    publication.publish(user=None)


def test_rules_are_changed_and_removed(about_us):
    path = address("add_rule", "code", "message_when", form="about")
    about_us.post(path, {"when": RETAIL, "message_en": "Old"})
    rule = address("rule", "code", "message_when", 0, form="about")
    about_us.post(rule, posted(about_us, rule) | {"message_en": "New"})
    assert [r["message"] for r in known("code", "about")["message_when"]] == [{"en": "New"}]
    about_us.post(address("remove_rule", "code", "message_when", 0, form="about"))
    assert "message_when" not in known("code", "about")


def test_a_circle_is_told_on_top(about_us):
    about_us.post(
        address("logic", "name", form="about"),
        {"shown_when": '{"field": "code", "op": "is_set"}', "when_hidden": "clear"},
    )
    about_us.post(
        address("logic", "code", form="about"),
        {"shown_when": '{"field": "name", "op": "is_set"}', "when_hidden": "clear"},
    )
    assert Form.objects.get().steps
    assert "in a circle" in about_us.get(address("form", form="about")).content.decode()


def test_a_step_has_a_condition(about_us):
    about_us.post(address("add_step", form="about"), {"labels_en": "Shops", "shown_when": RETAIL})
    assert Form.objects.get().steps[1]["shown_when"]["value"] == "retail"
    assert "there if" in about_us.get(address("form", form="about")).content.decode()
