"""The forms that come with the packs: each is filled in, and ends where it should."""

import re

import pytest
from django.core import mail

from crm_config import packs, publication
from crm_config.live import live
from crm_config.models import Role, User
from forms_builder.definitions import forms_of, in_use
from forms_builder.engine.logic import broken
from forms_builder.models import Consent, Submission
from jobs.services import run_pending
from records.access import Access
from records.models import Record, RecordLink
from records.selectors import get
from tests.cast import create
from tests.forms_builder.test_bad_input import picture
from tests.forms_builder.visitor import Visitor, upload

pytestmark = pytest.mark.django_db
PERSON = {"given_name": "Ana", "family_name": "Popa", "email": "ana@example.com"}


@pytest.fixture(autouse=True)
def company(db, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    for key in packs.shipped():
        packs.install(packs.read(key))
    publication.publish(user=None, reason="packs")


def staff(name: str, role: str) -> User:
    user = User.objects.create_user(name)
    user.groups.add(Role.objects.get(key=role).group)
    return user


def fill(slug: str, *steps: dict, files=None) -> Submission:
    visitor = Visitor(slug)
    visitor.open()
    for typed in steps:
        visitor.send(files=files if typed is steps[0] else None, **typed)
    assert visitor.page.status_code == 200, re.findall(r'class="error".*?</p>', visitor.text)
    row = Submission.objects.latest("pk")
    assert row.reference in visitor.text
    return row


@pytest.fixture(autouse=True)
def patience(monkeypatch) -> None:
    """Nobody waits the three seconds here."""
    monkeypatch.setattr("forms_builder.guards.MIN_SECONDS", 0)


def record(row: Submission):
    pk = next(r["id"] for r in row.records if r["what"] == "record")
    return get(pk, access=Access.system())


def test_they_are_all_there_in_every_language():
    assert broken(live()) == []
    assert {f.slug for f in in_use(live(), "public")} == {
        "contact", "complaint", "quote-request", "newsletter", "event",
    }  # fmt: skip
    assert {f.key for f in in_use(live(), "staff")} == {
        "visit_report", "new_visit", "lead_intake", "quote",
    }  # fmt: skip
    for form in forms_of(live()).values():
        assert set(form.labels) == {"en", "ro", "el", "pl"}


def test_a_question_goes_to_whom_it_concerns():
    helper, seller = staff("helper", "support"), staff("seller", "sales")
    asked = {**PERSON, "subject": "Hours", "description": "When are you open?"}
    row = fill("contact", {**asked, "department": "technical"})
    assert row.status == "accepted", row.why
    view = record(row)
    assert view.value("department") == "technical" and view.value("channel") == "web"
    assert view.value("owner") == helper.pk and view.display("requester") == "Ana Popa"
    person = Record.unscoped.get(type="person")
    letter = Record.unscoped.get(type="communication")
    assert RecordLink.objects.filter(source=letter, field="about", target=person).exists()
    again = fill("contact", {**asked, "department": "sales", "phone": "+40 21 312 3456"})
    assert record(again).value("owner") == seller.pk
    assert Record.unscoped.filter(type="person").count() == 1
    run_pending()
    assert row.reference in mail.outbox[0].subject and mail.outbox[0].to == ["ana@example.com"]


def test_a_complaint_comes_with_its_photo():
    helper = staff("helper", "support")
    what = {"subject": "Broken", "description": "It came broken."}
    row = fill("complaint", what, PERSON, files={"attachment": upload("chair.png", picture())})
    assert row.status == "accepted", row.why
    view = record(row)
    assert view.value("department") == "complaints" and view.value("owner") == helper.pk
    assert view.display("attachment") == "chair.png"


def test_a_quote_is_asked_for():
    seller = staff("seller", "sales")
    product = create("product", name="Lens", sold=True, price="10 EUR", code="L1")
    who = {**PERSON, "company": "Acme"}
    row = fill("quote-request", {"needs": "Ten", "products": [str(product)]}, who)
    assert row.status == "accepted", row.why
    view = record(row)
    assert view.type.key == "lead" and view.value("products") == (product,)
    assert (view.value("owner"), view.value("source")) == (seller.pk, "web")


def test_the_newsletter_waits_for_the_address():
    row = fill("newsletter", {**PERSON, "agree": "on"})
    assert row.status == "waiting" and not Record.unscoped.filter(type="person").exists()
    run_pending()
    link = re.search(r"/f/newsletter/confirm/\S+/", mail.outbox[0].body)[0]
    Visitor("newsletter").client.post(link)
    row.refresh_from_db()
    assert row.status == "accepted", row.why
    view = record(row)
    assert view.value("consent") == ("email",) and view.value("tags") == ("newsletter",)
    assert view.value("consent_date") and Consent.objects.get().purpose == "newsletter"


def test_one_registers_for_an_event():
    event = create("campaign", name="Open day", kind="event", status="running")
    hidden = create("campaign", name="Secret offensive", kind="cold", status="running")
    visitor = Visitor("event")
    visitor.open(event=str(event))
    assert "Open day" in visitor.text and "Secret" not in visitor.text
    assert f'value="{event}" checked' in visitor.text and str(hidden) not in visitor.text
    visitor.send(name="Ana", **PERSON)
    row = Submission.objects.get()
    assert row.status == "accepted", row.why
    view = record(row)
    assert view.value("campaign") == (event,) and view.value("state") == "positive"
    assert view.display("person") == "Ana Popa"
