"""A public form on its page: without a login, a cookie or a script."""

import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.models import Collection

from forms_builder.models import FormDraft, Submission
from records.models import Event, Record
from records.uploads import private_collection
from tests.cast import Cast, create
from tests.forms_builder.forms import contact, form, item, publish, step
from tests.forms_builder.test_bad_input import picture
from tests.forms_builder.visitor import Visitor, only

pytestmark = pytest.mark.django_db
Status = Submission.Status


def persons():
    return Record.unscoped.filter(type="person")


def test_it_is_filled_in_and_makes_a_record():
    publish(contact())
    visitor = Visitor()
    visitor.open()
    assert visitor.page.status_code == 200 and "Name" in visitor.text
    visitor.send(family_name="Popa", email="ana@Example.com")
    row = only()
    assert row.status == Status.ACCEPTED and row.reference in visitor.text
    record = persons().get()
    assert record.data["family_name"] == "Popa" and row.records == [
        {"id": record.pk, "what": "record"}
    ]
    event = Event.objects.get(record_id=record.pk)
    assert (event.channel, event.actor) == ("form", None) and row.reference in event.reason


def test_no_cookie_is_set_and_no_other_host_is_asked():
    publish(contact(settings={"min_seconds": 0, "privacy": "/privacy/"}))
    visitor = Visitor()
    visitor.open()
    visitor.send(family_name="Popa", email="ana@example.com")
    assert not visitor.client.cookies
    visitor.open()
    policy = visitor.page["Content-Security-Policy"]
    assert (
        "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    )
    assert "frame-ancestors 'self'" in policy and visitor.page["X-Frame-Options"] == "SAMEORIGIN"
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", visitor.page.content.decode())
    assert "style=" not in visitor.page.content.decode() and " onclick" not in visitor.text
    assert "Cookie" not in visitor.page.get("Vary", "") or not visitor.client.cookies


def test_the_first_page_with_all_it_loads_is_small():
    publish(contact())
    visitor = Visitor()
    visitor.open()
    folder = settings.BASE_DIR / "static"
    loaded = re.findall(r'(?:src|href)="/static/([^"]+)"', visitor.page.content.decode())
    assert "forms_builder/js/form.js" in loaded
    more = ("filling", "logic", "proof")
    files = {*loaded, *(f"forms_builder/js/{name}.js" for name in more)}
    size = len(visitor.page.content) + sum((folder / name).stat().st_size for name in files)
    assert size < 60_000


def test_what_is_missing_is_said_on_top_and_at_its_place():
    publish(contact())
    visitor = Visitor()
    visitor.open()
    visitor.send(family_name="", email="nobody")
    assert visitor.page.status_code == 422
    assert 'href="#i-family_name"' in visitor.text and 'aria-invalid="true"' in visitor.text
    assert visitor.fields["i-email"] == "nobody" and not Submission.objects.exists()
    visitor.send(family_name="Popa", email="ana@example.com")
    assert only().status == Status.ACCEPTED


SECTOR = {"field": "sector", "op": "eq", "value": "retail"}


def about_us(**more):
    return form(
        "about_us",
        item("name", required=True),
        item("sector"),
        item("headcount", shown_when=SECTOR, required=True),
        type="organisation",
        **more,
    )


def test_questions_that_answers_open_are_shown_without_scripts():
    publish(about_us())
    visitor = Visitor("about-us")
    visitor.open()
    assert re.search(r'data-item="headcount" hidden', visitor.text)
    visitor.send(name="Acme", sector="retail")
    assert visitor.page.status_code == 422 and "aria-invalid" in visitor.text
    assert not re.search(r'data-item="headcount" hidden', visitor.text)
    visitor.send(headcount="12")
    assert Record.unscoped.get(type="organisation").data["headcount"] == 12


def test_an_optional_question_that_opens_is_shown_too():
    fields = (item("name", required=True), item("sector"), item("headcount", shown_when=SECTOR))
    publish(form("about_us", *fields, type="organisation"))
    visitor = Visitor("about-us")
    visitor.open()
    visitor.send(name="Acme", sector="retail")
    assert "opened more questions" in visitor.text and not Submission.objects.exists()
    visitor.send()
    assert only().status == Status.ACCEPTED


def stepped(**more):
    return form(
        "about_us",
        type="organisation",
        steps=[
            step("who", item("name", required=True), labels={"en": "Who"}),
            step("what", item("sector"), labels={"en": "What"}),
            step("more", item("headcount"), shown_when=SECTOR, labels={"en": "More"}),
        ],
        **more,
    )


def test_steps_say_how_far_one_is_and_lead_back_and_forth():
    publish(stepped())
    visitor = Visitor("about-us")
    visitor.open()
    assert "Step 1 of 2" in visitor.text
    visitor.send(name="Acme")
    assert "Step 2 of 2" in visitor.text and "Acme" not in visitor.fields.values()
    visitor.send("back", sector="retail")
    assert "Step 1 of 3" in visitor.text and visitor.fields["i-name"] == "Acme"
    visitor.send()
    assert 'value="retail" checked' in visitor.text
    visitor.send()
    assert "Step 3 of 3" in visitor.text
    visitor.send(headcount="5")
    data = Record.unscoped.get(type="organisation").data
    assert (data["name"], data["sector"], data["headcount"]) == ("Acme", "retail", 5)
    assert not FormDraft.objects.exists()


def test_it_is_kept_for_later_and_gone_on_with_by_the_link():
    publish(stepped(settings={"min_seconds": 0, "resume": True}))
    visitor = Visitor("about-us")
    visitor.open()
    visitor.send(name="Acme")
    visitor.send("save", sector="it")
    link = re.search(r'href="http://testserver(/f/about-us/go-on/[^"]+)"', visitor.text)[1]
    other = Visitor("about-us")
    other.page = other.client.get(link)
    assert "Step 2 of 2" in other.text and 'value="it" checked' in other.text
    other.send()
    assert Record.unscoped.get(type="organisation").data["sector"] == "it"
    other.page = other.client.get(link)
    assert other.page.status_code == 404 and "not kept any more" in other.text


def test_the_address_fills_in_and_fixes_what_is_hidden():
    publish(
        contact(
            item("source", "hidden", prefill="utm", labels={"en": "Source"}),
            item("given_name", readonly=True, default="Guest", prefill="given"),
        )
    )
    visitor = Visitor()
    visitor.open(email="ana@example.com", utm="fair", given="Ana")
    assert visitor.fields["i-email"] == "ana@example.com" and "i-source" not in visitor.fields
    visitor.send(family_name="Popa", given_name="Forged", source="forged")
    assert persons().get().data["given_name"] == "Ana"
    assert only().values["source"] == "fair"


def test_it_speaks_the_languages_of_the_company():
    publish(contact(labels={"en": "Write to us", "el": "Γράψτε μας"}))
    assert "Write to us" in Visitor().open().content.decode()
    greek = Visitor(accept_language="el-GR,el;q=0.9")
    assert "Γράψτε μας" in greek.open().content.decode() and greek.page["Content-Language"] == "el"
    assert "Write to us" in greek.open(lang="en").content.decode()
    assert "Write to us" in Visitor(accept_language="pl").open().content.decode()
    greek.open()
    greek.send(family_name="Παπάς", email="p@example.com")
    assert only().language == "el"


def test_numbers_are_read_as_their_language_writes_them():
    publish(form("money", item("name", required=True), item("amount"), type="deal"))
    visitor = Visitor("money", accept_language="el")
    visitor.open()
    visitor.send(name="D", **{"i-amount-amount": "1.250,50", "i-amount-currency": "EUR"})
    assert Record.unscoped.get(type="deal").data["amount"] == 125050


def test_a_frame_is_allowed_where_the_form_says_so():
    publish(contact(settings={"min_seconds": 0, "embed": ["https://shop.example"]}))
    visitor = Visitor()
    visitor.open(embed="1")
    policy = visitor.page["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://shop.example" in policy
    assert "X-Frame-Options" not in visitor.page and "height.js" in visitor.text
    visitor.open()
    assert "shop.example" not in visitor.page["Content-Security-Policy"]


def test_afterwards_it_may_lead_elsewhere():
    publish(contact(settings={"min_seconds": 0, "redirect": "https://example.com/thanks"}))
    visitor = Visitor()
    visitor.open()
    assert "form-action 'self' https://example.com" in visitor.page["Content-Security-Policy"]
    answer = visitor.send(family_name="Popa", email="a@example.com", follow=False)
    assert answer.status_code == 303
    assert visitor.client.get(answer["Location"])["Location"] == "https://example.com/thanks"


def test_a_link_offers_what_the_form_declares_and_nothing_else(cast: Cast):
    offer = {"field": "sector", "op": "eq", "value": "it"}
    publish(contact(item("company", options={"field": "company", "offer": offer})))
    shown = create("organisation", name="Shown Ltd", sector="it")
    hidden = create("organisation", name="Hidden Ltd", sector="retail")
    visitor = Visitor()
    visitor.open()
    assert "Shown Ltd" in visitor.text and "Hidden Ltd" not in visitor.text
    visitor.send(family_name="Popa", email="a@example.com", company=str(hidden))
    assert visitor.page.status_code == 422 and not Submission.objects.exists()
    visitor.send(company=str(shown))
    assert only().status == Status.ACCEPTED


def test_rows_are_added_without_scripts_and_become_records():
    rows = item(
        "deals", "rows",
        options={"type": "deal", "link": "customer", "fields": ["name", "won"], "required": ["name"]},
    )  # fmt: skip
    publish(form("about_us", item("name", required=True), rows, type="organisation"))
    visitor = Visitor("about-us")
    visitor.open()
    visitor.send("add:deals", name="Acme", **{"i-deals-0-name": "First"})
    visitor.send(**{"i-deals-1-name": "Second", "i-deals-1-won": "on"})
    deals = Record.unscoped.filter(type="deal").order_by("pk")
    assert [(d.data["name"], d.data["won"]) for d in deals] == [("First", False), ("Second", True)]


def test_pictures_texts_and_lines_stand_between_the_questions(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    images = get_image_model()
    held = [
        images.objects.create(
            title=name, file=ContentFile(picture(), name="x.png"), collection=where
        )
        for name, where in (
            ("open", Collection.get_first_root_node()),
            ("closed", private_collection()),
        )
    ]
    shown, closed = (
        item(key, "image", options={"image": image.pk, "alt": {"en": f"Picture {key}"}})
        for key, image in zip(("shown", "closed"), held, strict=True)
    )
    note = item("note", "text", options={"text": {"en": "Read <this>."}}, labels={"en": "Mind"})
    publish(contact(shown, closed, note, item("line", "divider")))
    visitor = Visitor()
    visitor.open()
    assert 'alt="Picture shown"' in visitor.text and "Picture closed" not in visitor.text
    assert "Read &lt;this&gt;." in visitor.page.content.decode() and "<hr>" in visitor.text
    found = visitor.client.get("/f/contact/picture/shown/")
    assert found.status_code == 200 and found["Content-Type"] == "image/png"
    for key in ("closed", "note", "email", "nothing"):
        assert visitor.client.get(f"/f/contact/picture/{key}/").status_code == 404


def test_long_texts_come_back_as_they_were_typed():
    publish(form("about_us", item("name", required=True), item("notes"), type="organisation"))
    visitor = Visitor("about-us")
    visitor.open()
    visitor.send(notes="One\n  two <b>")
    assert visitor.page.status_code == 422 and visitor.fields["i-notes"] == "One\n  two <b>"


def test_a_staff_form_has_no_public_page():
    publish(contact(channel="staff"))
    assert Visitor().open().status_code == 404
    publish({**contact(), "retired": True})
    assert Visitor().open().status_code == 404


def test_who_looks_counts_few_queries(django_assert_max_num_queries):
    publish(contact(item("given_name"), item("mobile", "hidden")))
    Visitor().open()
    with django_assert_max_num_queries(3):
        Visitor().open()
