"""Administrators build forms on screens: items put on, changed, moved and taken out, and all of it undone."""

import json

import pytest
from django.urls import reverse

from crm_config import publication
from crm_config.live import live
from forms_builder.definitions import forms_of
from forms_builder.models import Form
from tests.crm_config.studio import client_of, messages_of, sentences
from tests.forms_builder.studio import address, items, known, posted

pytestmark = pytest.mark.django_db


def test_the_builder_shows_palette_canvas_and_properties(browser):
    page = browser.get(address("item", "email")).content.decode()
    assert 'value="field:given_name"' in page  # offered, as it does not stand there
    assert 'value="field:email"' not in page
    assert 'id="item-family_name"' in page
    assert 'name="labels_en"' in page


def test_a_field_is_put_on_the_form_and_its_properties_open(browser):
    answer = browser.post(address("add_item"), {"add": "field:given_name", "to": "one.main"})
    assert answer["Location"].startswith(address("item", "given_name"))
    assert items() == ["family_name", "email", "company", "given_name"]
    assert known("given_name") == {
        "key": "given_name",
        "kind": "field",
        "options": {"field": "given_name"},
        "width": "half",
    }


@pytest.mark.parametrize("kind", ["text", "divider", "image", "consent", "hidden", "captcha"])
def test_each_kind_can_be_put_below_another_item_and_looked_at(browser, kind):
    browser.post(address("add_item"), {"add": kind, "below": "family_name"})
    assert items()[1] == kind
    assert browser.get(address("item", kind)).status_code == 200
    assert browser.get(address("logic", kind)).status_code == 200


def test_fields_of_linked_records_and_rows_are_offered(browser):
    page = browser.get(address("form")).content.decode()
    assert 'value="linked_field:company:name"' in page
    browser.post(address("add_item"), {"add": "linked_field:company:name", "to": "one.main"})
    assert known("name")["options"] == {"link": "company", "field": "name"}
    assert browser.get(address("item", "name")).status_code == 200


@pytest.mark.parametrize(
    "value", ["field:nothing", "linked_field:email:x", "rows:x:y", "virus", ""]
)
def test_what_is_not_offered_is_refused(browser, value):
    before = items()
    answer = browser.post(address("add_item"), {"add": value, "to": "one.main"})
    assert "any more" in messages_of(answer)[0] and items() == before


def test_properties_are_saved_and_what_is_not_asked_stays(browser):
    path = address("item", "email")
    sent = posted(browser, path) | {"labels_en": "Your address", "width": "half"}
    answer = browser.post(path, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert known("email") == {
        "key": "email",
        "kind": "field",
        "options": {"field": "email"},
        "labels": {"en": "Your address"},
        "width": "half",
        "required": True,
        "prefill": "email",
    }


def test_saving_an_untouched_item_changes_nothing(browser):
    before = Form.objects.get().steps
    for key in items():
        answer = browser.post(address("item", key), posted(browser, address("item", key)))
        assert answer.status_code == 302, answer.context["form"].errors
    assert Form.objects.get().steps == before


def test_items_move_by_buttons_beyond_their_section_too(browser):
    browser.post(address("add_section", "one"), {"labels_en": "More", "columns": "1"})
    browser.post(address("arrange"), {"move": "email:-1"})
    assert items() == ["email", "family_name", "company"]
    browser.post(address("arrange"), {"move": "company:1"})
    browser.post(address("arrange"), {"move": "email:one.more"})
    steps = Form.objects.get().steps
    assert [[i["key"] for i in s["items"]] for s in steps[0]["sections"]] == [
        ["family_name"],
        ["company", "email"],
    ]


def test_all_are_arranged_by_dragging(browser):
    wanted = [{"key": "one.main", "fields": ["company", "email", "family_name"]}]
    answer = browser.post(address("arrange"), json.dumps(wanted), "application/json")
    assert answer.json()["message"] == "Saved." and "unpublished" in answer.json()["bar"]
    assert items() == ["company", "email", "family_name"]
    wanted[0]["fields"].pop()
    answer = browser.post(address("arrange"), json.dumps(wanted), "application/json")
    assert answer.status_code == 409 and items() == ["company", "email", "family_name"]


def test_what_was_removed_comes_back_and_goes_again(browser):
    browser.post(address("remove_item", "email"))
    browser.post(address("remove_item", "company"))
    assert items() == ["family_name"]
    browser.post(address("undo", "undo"))
    assert items() == ["family_name", "company"]
    browser.post(address("undo", "undo"))
    assert items() == ["family_name", "email", "company"]
    browser.post(address("undo", "redo"))
    assert items() == ["family_name", "company"]
    browser.post(address("undo", "undo"))
    answer = browser.post(address("undo", "undo"))
    assert messages_of(answer)[-1] == "There is nothing to undo."


def test_nobody_undoes_the_work_of_another(browser, cast):
    browser.post(address("remove_item", "company"))
    client_of(cast.administrator).post(address("add_item"), {"add": "text", "to": "one.main"})
    answer = browser.post(address("undo", "undo"))
    assert "Somebody else" in messages_of(answer)[-1]
    assert items() == ["family_name", "email", "text"]


def test_steps_and_sections_are_added_moved_and_removed(browser):
    browser.post(address("add_step"), {"labels_en": "About you"})
    browser.post(address("arrange"), {"step": "about_you:-1"})
    browser.post(address("section", "about_you", "main"), {"labels_en": "You", "columns": "2"})
    steps = Form.objects.get().steps
    assert [step["key"] for step in steps] == ["about_you", "one"]
    assert steps[0]["sections"] == [
        {"key": "main", "labels": {"en": "You"}, "columns": 2, "items": []}
    ]
    browser.post(address("remove_section", "about_you", "main"))
    browser.post(address("remove_step", "one"))
    assert Form.objects.get().steps == [
        {"key": "about_you", "labels": {"en": "About you"}, "sections": []}
    ]


def test_problems_stand_on_top_with_the_way_to_their_item(browser):
    browser.post(address("add_item"), {"add": "image", "to": "one.main"})
    page = browser.get(address("form")).content.decode()
    assert "1 problem stands in the way" in page
    assert f'href="{address("item", "image")}#properties"' in page


def test_what_was_built_is_published_and_not_before(browser):
    browser.post(address("add_item"), {"add": "field:given_name", "to": "one.main"})
    assert "given_name" not in forms_of(live())["contact"].items
    publication.publish(user=None)
    assert "given_name" in forms_of(live())["contact"].items


def test_it_is_for_administrators(browser, cast):
    for name in ("owner", "manager", "outsider"):
        answer = client_of(getattr(cast, name)).get(reverse("form_studio:all"))
        assert answer.status_code in (302, 403)


def test_the_review_says_what_changes_on_the_form(browser):
    browser.post(address("add_step"), {"labels_en": "More"})
    browser.post(address("arrange"), {"step": "more:-1"})
    browser.post(address("add_item"), {"add": "field:given_name", "to": "one.main"})
    browser.post(address("remove_item", "company"))
    browser.post(address("arrange"), {"move": "email:-1"})
    email = posted(browser, address("item", "email"))
    browser.post(address("item", "email"), email | {"labels_en": "Your address"})
    assert set(sentences()) == {
        "Contact: The step “More” is added.",
        "Contact: “Given name” is put on it.",
        "Contact: “Company” is taken off it.",
        "Contact: The order of its items changes.",
        "Contact: “Your address” changes: name.",
    }
    assert browser.get(reverse("studio:review")).status_code == 200
    publication.publish(user=None)
    browser.post(address("arrange"), {"step": "more:1"})
    assert sentences() == ["Contact: The order of its steps changes."]


def test_undo_is_offered_once_there_is_something_to_undo(browser):
    def undo() -> str:
        page = browser.get(address("form")).content.decode()
        return page[page.index(address("undo", "undo")) :].split(">Undo<")[0]

    assert undo().endswith(" disabled")
    browser.post(address("remove_item", "email"))
    assert not undo().endswith(" disabled")
