"""New forms: from the packs, from the fields of a type, as a copy; archived, deleted, and listed with what is open."""

import pytest
from django.urls import reverse

from crm_config import publication
from crm_config.references import where_used
from crm_config.working_copy.reading import WorkingCopy
from forms_builder.definitions import FormDef
from forms_builder.models import Form
from forms_builder.studio import starters
from forms_builder.studio.canvas import Canvas
from forms_builder.studio.generating import generated
from forms_builder.studio.working_copy import raw_of
from tests.crm_config.studio import messages_of
from tests.forms_builder.forms import contact, form, item, publish
from tests.forms_builder.studio import address, items

pytestmark = pytest.mark.django_db
ALL, NEW, ADD = (reverse(f"form_studio:{name}") for name in ("all", "new", "add"))


def test_the_list_says_where_each_is_filled_in_and_whether_it_is_open(browser):
    publish(contact(), contact(key="over", settings={"closes": "2020-01-01"}))
    page = browser.get(ALL).content.decode()
    assert 'href="/f/contact/"' in page and ">open<" in page and ">closed<" in page
    Form.objects.filter(key="over").update(labels={"en": "Changed"})
    assert "unpublished changes" in browser.get(ALL).content.decode()


def test_without_forms_the_list_says_what_they_are(browser):
    Form.objects.all().delete()
    assert "No forms yet" in browser.get(ALL).content.decode()


def test_a_form_begins_with_the_fields_of_its_type_and_can_be_published(browser):
    said = {"labels_en": "Ask us", "type": "person", "channel": "public", "begin": "generated"}
    answer = browser.post(ADD, said)
    assert answer["Location"] == address("form", form="ask_us")
    assert {"family_name", "email", "captcha"} <= set(items("ask_us"))
    copy = WorkingCopy()
    canvas = Canvas(FormDef.of(raw_of(Form.objects.get(key="ask_us"))), copy.draft)
    assert not canvas.faults and not canvas.unfilled
    publication.publish(user=None)
    assert browser.get("/f/ask-us/").status_code == 200


@pytest.mark.parametrize("channel", ["public", "staff"])
def test_a_generated_form_is_right_for_every_type(browser, channel):
    copy = WorkingCopy()
    for record_type in copy.draft.snapshot.active_types:
        raw = {**form("made"), "type": record_type.key, "channel": channel}
        made = FormDef.of({**raw, "steps": generated(record_type, channel)})
        assert not [f for f in Canvas(made, copy.draft).faults if "Nothing stands" not in f.message]


def test_a_form_can_begin_with_nothing(browser):
    said = {"labels_en": "Bare", "type": "deal", "channel": "staff", "begin": "blank"}
    browser.post(ADD, said)
    assert items("bare") == []
    assert "Nothing stands on it yet" in browser.get(address("form", form="bare")).content.decode()


def test_forms_of_the_packs_are_templates_for_types_that_are_there(browser):
    known = WorkingCopy().draft.snapshot
    assert all(s.type in known.types for s in starters.fitting(known))
    starter = next(iter(starters.fitting(known)), None)
    keys = {s.key for s in starters.all_starters()}
    assert {"service.contact", "core.visit_report"} <= keys
    if starter is not None:
        browser.post(f"{ADD}?like={starter.key}", {"labels_en": "Mine", "key": "mine"})
        assert Form.objects.get(key="mine").steps == starter.raw["steps"]
    assert browser.get(NEW).status_code == 200


def test_a_key_that_is_taken_is_refused(browser):
    said = {"labels_en": "X", "key": "contact", "type": "person", "channel": "staff"}
    answer = browser.post(ADD, {**said, "begin": "blank"})
    assert "This key is taken." in answer.context["form"].errors["key"]


def test_a_copy_has_a_name_and_an_address_of_its_own(browser):
    publish(contact(settings={"slug": "hello"}))
    answer = browser.post(address("copy"))
    assert answer["Location"] == address("form", form="contact_2")
    copy = Form.objects.get(key="contact_2")
    assert copy.label == "Contact (copy)" and "slug" not in copy.settings
    assert items("contact_2") == items("contact")


def test_it_is_archived_and_comes_back(browser):
    browser.post(address("archive"))
    assert Form.objects.get().retired
    browser.post(address("archive"))
    assert not Form.objects.get().retired


def test_deleting_asks_first_and_refuses_while_a_hook_fills_it_in(browser):
    hook = {"key": "shop", "form": "contact", "mapping": {"email": "mail"}}
    publish(contact(item("given_name")), inbound_hooks=[hook])
    assert where_used(("forms", "contact"), WorkingCopy().draft)
    answer = browser.post(address("delete"))
    assert "Something else uses it" in answer.content.decode() and Form.objects.exists()
    publish(contact(), inbound_hooks=[])
    assert "Delete form" in browser.get(address("delete")).content.decode()
    answer = browser.post(address("delete"))
    assert "was deleted" in messages_of(answer)[0] and not Form.objects.exists()


def test_the_type_shows_its_forms(browser):
    page = browser.get(reverse("studio:type", args=["person"])).content.decode()
    assert address("form") in page
