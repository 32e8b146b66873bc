"""What machines and mischief send: a clear message, nothing lost, nothing let in."""

import base64
import hashlib
import json
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import RequestFactory
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from crm_config.field_types.base import ValueRefused
from forms_builder import drafts, guards, uploads
from forms_builder.models import FormDraft, Submission
from records.models import Record
from tests.company import field, record_type
from tests.forms_builder.forms import contact, form, item, publish, published
from tests.forms_builder.visitor import Visitor, only, upload

pytestmark = pytest.mark.django_db
Status = Submission.Status
GOOD = {"family_name": "Popa", "email": "a@example.com"}


def persons():
    return Record.unscoped.filter(type="person")


def test_forged_items_and_hidden_fields_are_nothing_to_the_form():
    publish(contact(item("source", "hidden", default="form", labels={"en": "Source"})))
    visitor = Visitor()
    visitor.open()
    visitor.send(
        **GOOD, given_name="x", owner="1", source="forged", **{"i-company": "1", "i-__class__": "x"}
    )
    record = persons().get()
    assert "given_name" not in record.data and record.owner_id is None
    assert only().values["source"] == "form"


def test_an_option_that_is_not_offered_is_refused():
    only_it = {"option": "retail", "when": {"field": "name", "op": "eq", "value": "Shop"}}
    publish(
        form(
            "about",
            item("name", required=True),
            item("sector", options_when=[only_it]),
            type="organisation",
        )
    )
    for option in ("retail", "old", "nonsense", "../../etc"):
        visitor = Visitor("about")
        visitor.open()
        visitor.send(name="Acme", sector=option)
        assert visitor.page.status_code == 422 and visitor.fields["i-name"] == "Acme", option
    assert not Submission.objects.exists()


def test_scripts_and_html_are_text():
    publish(contact())
    visitor = Visitor()
    visitor.open()
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    visitor.send(family_name=evil, email="nobody")
    page = visitor.page.content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page
    assert visitor.fields["i-family_name"] == evil
    visitor.send(email="a@example.com")
    assert persons().get().data["family_name"] == evil


def test_ten_megabytes_of_text():
    publish(contact())
    visitor = Visitor()
    visitor.open()
    visitor.send(family_name="x" * (10 * 1024 * 1024), email="a@example.com")
    assert visitor.page.status_code == 413 and "more than can be taken" in visitor.text
    visitor.open()
    visitor.send(family_name="x" * 1_000_000, email="a@example.com")
    assert visitor.page.status_code == 422 and "Shorten this" in visitor.text
    assert not Submission.objects.exists()


def test_values_of_the_wrong_kind():
    fields = (item("name", required=True), item("headcount"), item("sector"))
    publish(form("about", *fields, type="organisation"))
    for number in ("many", "1e999", "NaN", "-", "0x10", "٣x", "\x00"):
        visitor = Visitor("about")
        visitor.open()
        visitor.send(name="Acme", headcount=number)
        if number == "\x00":
            continue
        assert visitor.page.status_code == 422, number
    assert Record.unscoped.filter(type="organisation", data__has_key="headcount").count() == 0


def test_what_is_no_form_at_all():
    publish(contact())
    visitor = Visitor()
    answers = [
        visitor.client.post("/f/contact/", b"\xff\xfe{", content_type="application/json"),
        visitor.client.post(
            "/f/contact/", {"go": "nowhere", "step": "nowhere", "seal": "x" * 5000}
        ),
        visitor.client.post("/f/contact/", {}),
        visitor.client.post("/f/contact/", b"--x", content_type="multipart/form-data; boundary=y"),
        visitor.client.put("/f/contact/"),
    ]
    assert [a.status_code for a in answers] == [409, 409, 409, 409, 405]
    assert not Submission.objects.exists()


def test_pressed_twice_it_is_sent_once():
    publish(contact())
    visitor = Visitor()
    visitor.open()
    data = {**visitor.fields, "i-family_name": "Popa", "i-email": "a@example.com", "go": "next"}
    first, second = (visitor.post(data, follow=False) for _twice in range(2))
    assert first["Location"] == second["Location"] and Submission.objects.count() == 1


def test_back_and_again_with_other_answers_shows_what_was_sent():
    publish(contact())
    visitor = Visitor()
    visitor.open()
    page = visitor.page
    visitor.send(**GOOD)
    reference = only().reference
    visitor.page = page
    visitor.send(family_name="Changed", email="b@example.com")
    assert reference in visitor.text and persons().get().data["family_name"] == "Popa"


def test_two_tabs_of_one_draft_are_sent_once():
    publish(contact(settings={"min_seconds": 0, "resume": True}))
    visitor = Visitor()
    visitor.open()
    visitor.send("save", **GOOD)
    token = FormDraft.objects.get().token
    tabs = [Visitor(), Visitor()]
    for tab in tabs:
        tab.page = tab.client.get(f"/f/contact/go-on/{token}/")
    for tab in tabs:
        tab.send()
        assert tab.page.status_code == 200 and only().reference in tab.text


def test_a_form_that_closed_meanwhile_gives_the_answers_back():
    publish(contact())
    visitor = Visitor()
    visitor.open()
    publish(contact(settings={"min_seconds": 0, "closes": "2020-01-01", "closed": {"en": "Over."}}))
    visitor.send(**GOOD)
    assert visitor.page.status_code == 409 and "Over." in visitor.text and "Popa" in visitor.text
    assert not Submission.objects.exists()
    publish(contact(settings={"min_seconds": 0, "opens": "2999-01-01"}))
    assert "not open yet" in Visitor().open().content.decode()


def test_a_page_that_was_open_for_days_keeps_its_answers(monkeypatch):
    publish(contact())
    visitor = Visitor()
    visitor.open()
    monkeypatch.setattr("forms_builder.public.sealing.GOOD_FOR", timedelta(seconds=-1))
    visitor.send(**GOOD)
    assert visitor.page.status_code == 409 and "was open for long" in visitor.text
    assert visitor.fields["i-family_name"] == "Popa"
    monkeypatch.undo()
    visitor.send()
    assert only().status == Status.ACCEPTED


def test_a_seal_of_another_form_or_of_nobody_opens_nothing():
    publish(contact(), contact(key="other"))
    other = Visitor("other")
    other.open()
    visitor = Visitor()
    visitor.open()
    for seal in (other.fields["seal"], "forged", visitor.fields["seal"][:-2] + "xx"):
        visitor.open()
        visitor.post(
            {**visitor.fields, "seal": seal, "i-family_name": "Popa", "i-email": "a@example.com"}
        )
        assert visitor.page.status_code == 409
    assert not Submission.objects.exists()


def test_a_form_that_changed_meanwhile_is_looked_through_again():
    publish(contact())
    visitor = Visitor()
    visitor.open()
    source = item("source", "hidden", default="web", labels={"en": "Source"})
    publish(contact(item("given_name", required=True), source))
    visitor.send(**GOOD)
    assert visitor.page.status_code == 409 and "changed in the meantime" in visitor.text
    assert visitor.fields["i-family_name"] == "Popa"
    visitor.send(given_name="Ana")
    assert persons().get().data["given_name"] == "Ana" and only().values["source"] == "web"


# -- spam ---------------------------------------------------------------------------------------------


def test_who_fills_in_the_trap_is_thanked_and_refused():
    publish(contact())
    visitor = Visitor()
    visitor.open()
    visitor.send(**GOOD, homepage="http://spam.example")
    row = only()
    assert row.status == Status.REFUSED and row.reference in visitor.text and not persons().exists()


def test_who_is_too_quick_is_asked_to_look_again():
    publish(contact(settings={"min_seconds": 5}))
    visitor = Visitor()
    visitor.open()
    visitor.send(**GOOD)
    assert "That was quick" in visitor.text and visitor.fields["i-family_name"] == "Popa"
    assert not Submission.objects.exists()


def test_one_address_sends_so_many_and_the_next_keeps_its_answers():
    publish(contact(settings={"min_seconds": 0, "per_hour": 2}, handling={}))
    for n in range(3):
        visitor = Visitor()
        visitor.open()
        visitor.send(family_name=f"P{n}", email="a@example.com")
    assert visitor.page.status_code == 429 and visitor.fields["i-family_name"] == "P2"
    Submission.objects.update(created_at=timezone.now() - timedelta(hours=2))
    visitor.send()
    assert persons().count() == 3


def test_the_address_behind_a_proxy_counts_where_proxies_are_trusted(settings, rf):
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 1.2.3.4")
    alone = guards.sender_of(request)
    assert alone == guards.sender_of(rf.get("/", REMOTE_ADDR="10.0.0.1"))
    settings.FORM_PROXIES = 1
    assert (
        guards.sender_of(request) == guards.sender_of(rf.get("/", REMOTE_ADDR="1.2.3.4")) != alone
    )


def work_of(found: dict) -> str:
    for number in range(found["maxnumber"] + 1):
        if hashlib.sha256(f"{found['salt']}{number}".encode()).hexdigest() == found["challenge"]:
            return base64.b64encode(json.dumps({**found, "number": number}).encode()).decode()
    raise AssertionError(found)


def test_a_proof_of_work_is_good_for_one_submission_in_time(monkeypatch):
    publish(contact())
    here = published()
    found = guards.challenge(here, "key")
    proof = work_of(found)
    assert guards.proven(here, "key", proof)
    assert not guards.proven(here, "other", proof)
    for forged in ("", "x", "e30=", proof[:-4], work_of(found).replace("a", "b")):
        assert not guards.proven(here, "key", forged)
    monkeypatch.setattr(guards, "PROOF_FOR", timedelta(seconds=-5))
    assert not guards.proven(here, "key", work_of(guards.challenge(here, "key")))


def test_where_a_proof_is_demanded_nothing_is_taken_without_it():
    publish(contact(item("work", "captcha", options={"demand": True})))
    visitor = Visitor()
    visitor.open()
    visitor.send(**GOOD)
    assert visitor.page.status_code == 422 and "proof of work" in visitor.text
    assert visitor.fields["i-family_name"] == "Popa" and not Submission.objects.exists()


def test_without_a_demanded_proof_one_address_sends_less():
    publish(
        contact(item("work", "captcha"), settings={"min_seconds": 0, "per_hour": 4}, handling={})
    )
    for _n in range(2):
        visitor = Visitor()
        visitor.open()
        visitor.send(**GOOD)
    assert visitor.page.status_code == 429 and Submission.objects.count() == 1


# -- files --------------------------------------------------------------------------------------------


def with_files():
    complaint = record_type(
        "complaint",
        field("subject", required=True),
        field("photo", "image"),
        field("paper", "file", options={"types": ["pdf", "txt"]}),
        title_template="{subject}",
    )
    return publish(
        form(
            "complain",
            item("subject", required=True),
            item("photo"),
            item("paper"),
            type="complaint",
        ),
        types=(complaint,),
    )


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(size=(40, 30)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, "PNG")
    return out.getvalue()


def bomb() -> bytes:
    """A small file that says it is a picture of 30,000 by 30,000 points."""
    whole = bytearray(picture())
    header = b"IHDR" + (30_000).to_bytes(4, "big") * 2 + whole[24:29]
    whole[12:33] = header + zlib.crc32(header).to_bytes(4, "big")
    return bytes(whole)


def complain(**files) -> Visitor:
    visitor = Visitor("complain")
    visitor.open()
    visitor.send(subject="Broken", files=files)
    return visitor


def test_a_photo_comes_along(media):
    with_files()
    visitor = complain(photo=upload("broken chair.png", picture()))
    assert only().status == Status.ACCEPTED, visitor.text
    record = Record.unscoped.get(type="complaint")
    image = get_image_model().objects.get()
    assert record.data["photo"] == image.pk and image.collection.name == "Record files"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"photo": upload("me.png", b"MZ\x90\x00" + b"x" * 100)}, "can be run"),
        ({"photo": upload("me.png", b"no picture at all")}, "not what its name says"),
        ({"photo": upload("me.svg", b"<svg onload=alert(1)>")}, "one of these kinds"),
        ({"photo": upload("me.png", bomb())}, "too large"),
        ({"photo": upload("me.png", b"")}, "empty"),
        ({"paper": upload("x.pdf", b"#!/bin/sh\nrm -rf /")}, "can be run"),
        ({"paper": upload("x.txt", b"hello <script>alert(1)</script>")}, "can be run"),
        ({"paper": upload("x.pdf", b"PK\x03\x04")}, "not what its name says"),
        ({"paper": upload("x.exe", b"%PDF-")}, "one of these kinds"),
    ],
)
def test_files_that_are_not_what_they_say(files, said, media):
    with_files()
    visitor = complain(**files)
    assert visitor.page.status_code == 422 and said in visitor.text, visitor.text
    assert visitor.fields["i-subject"] == "Broken" and not Submission.objects.exists()
    assert not get_image_model().objects.exists() and not get_document_model().objects.exists()


def test_a_name_with_a_path_stays_a_name(media):
    with_files()
    for name in ("../../../etc/passwd.txt", "C:\\x\\y\\passwd.txt", "a\u202egnp.txt", "..txt"):
        Submission.objects.all().delete()
        visitor = complain(paper=upload("x.txt", b"plain"))
        assert visitor.page.status_code == 200
        assert "/" not in uploads.plain_name(name) and "\\" not in uploads.plain_name(name)
        assert "\u202e" not in uploads.plain_name(name) and not uploads.plain_name(name).startswith(
            "."
        )
    assert uploads.plain_name("../../../etc/passwd.txt") == "passwd.txt"


def test_a_file_of_somebody_else_is_not_named_into_the_form(media):
    with_files()
    complain(photo=upload("mine.png", picture()))
    foreign = get_image_model().objects.get().pk
    visitor = Visitor("complain")
    visitor.open()
    visitor.send(subject="Steal", photo=str(foreign))
    assert "photo" not in Record.unscoped.get(type="complaint", title="Steal").data


def test_an_error_elsewhere_does_not_lose_the_file(media):
    with_files()
    visitor = Visitor("complain")
    visitor.open()
    visitor.send(subject="", files={"photo": upload("mine.png", picture())})
    assert visitor.page.status_code == 422 and "mine.png" in visitor.text
    visitor.send(subject="Broken")
    assert "photo" in Record.unscoped.get(type="complaint").data


def test_one_address_stores_so_many_files(media):
    with_files()
    for _n in range(2 * guards.PER_HOUR):
        FormDraft.objects.create(
            form="complain", sender=guards.sender_of(RequestFactory().get("/"))
        )
    visitor = Visitor("complain")
    visitor.open()
    visitor.send(subject="Broken", files={"photo": upload("mine.png", picture())})
    assert visitor.page.status_code == 429 and visitor.fields["i-subject"] == "Broken"
    assert not get_image_model().objects.exists()


def test_a_scanner_has_its_say(media):
    with_files()

    def scan(found) -> None:
        if b"EICAR" in found.read():
            raise ValueRefused("virus", "There is a virus in it.")

    uploads.register_scanner("test", scan)
    try:
        assert "There is a virus" in complain(paper=upload("x.txt", b"EICAR")).text
        assert complain(paper=upload("x.txt", b"fine")).page.status_code == 200
    finally:
        uploads.unregister_scanner("test")


def test_what_nobody_went_on_with_goes_with_its_files(media):
    with_files()
    visitor = Visitor("complain")
    visitor.open()
    visitor.send(subject="", files={"photo": upload("mine.png", picture())})
    FormDraft.objects.update(touched_at=timezone.now() - timedelta(days=31))
    assert drafts.forget() == 1
    assert not get_image_model().objects.exists() and not FormDraft.objects.exists()


def test_more_than_the_machine_takes_is_told_in_the_language_of_the_address_too():
    publish(contact())
    visitor = Visitor()
    visitor.open()
    page = visitor.client.post("/f/contact/?lang=el", {"i-family_name": "x" * 11_000_000})
    assert page.status_code == 413
