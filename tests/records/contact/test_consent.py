"""Consent, a no and a dead address, asked in the same place as the budget."""

from datetime import timedelta

import pytest

from forms_builder.models import Consent
from records import services as gate
from records.access import Access
from records.contact import services
from records.contact.answers import Answer
from records.contact.sealing import sealed
from records.gate import Change
from records.models import ContactEntry, Unsubscription
from tests.cast import Cast, create
from tests.records.contact.budgeting import NOW, asked, claimed, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast: Cast) -> int:
    publish()
    return create("person", family_name="Anna", email="anna@example.com")


def change(pk: int, **values: object) -> None:
    done = Change("change", id=pk, values=values)
    gate.execute_or_raise([done], access=Access.system(), channel="system")


def said(pk: int, *, given: bool, days: int) -> None:
    Consent.objects.create(record_id=pk, purpose="news", given=given, text="News", language="en", form="f",
                           item="c", config_version=1, at=NOW + timedelta(days=days))  # fmt: skip


def test_consent_stands_in_the_field_that_the_configuration_names(anna: int) -> None:
    assert asked(anna, basis="consent").code == "no_consent"
    assert asked(anna, basis="interest").allowed
    change(anna, agrees=["phone"])
    assert asked(anna, basis="consent").code == "no_consent"
    change(anna, agrees=["email", "phone"])
    assert asked(anna, basis="consent").allowed


def test_the_last_word_in_a_form_holds_for_its_purpose(anna: int) -> None:
    said(anna, given=True, days=-2)
    assert asked(anna, basis="consent", purpose="news").allowed
    assert asked(anna, basis="consent", purpose="surveys").code == "no_consent"
    change(anna, agrees=["email"])
    said(anna, given=False, days=-1)
    assert asked(anna, basis="consent", purpose="news").code == "no_consent"


def test_who_wants_no_mail_gets_what_they_asked_for_alone(anna: int) -> None:
    change(anna, no_mail=True)
    assert asked(anna).code == "refuses"
    assert asked(anna, kind="transactional").allowed


def test_unsubscribed_from_one_purpose_or_from_all(anna: int) -> None:
    address = sealed("anna@example.com")
    services.unsubscribe(address, purpose="news", how="page", record_id=anna)
    assert asked(anna, purpose="news").code == "unsubscribed"
    assert asked(anna, purpose="surveys").allowed
    services.unsubscribe(address, how="one_click", record_id=anna)
    assert asked(anna, purpose="surveys").code == "unsubscribed"
    assert asked(anna, kind="transactional").allowed
    change(anna, email="new@example.com")
    assert asked(anna).code == "unsubscribed", "a new address is still the same person"


def test_a_dead_address_gets_nothing_and_a_new_one_does(anna: int) -> None:
    services.bounced("Anna@example.com", record_id=anna)
    assert asked(anna, kind="transactional").code == "bounced"
    change(anna, email="new@example.com")
    assert asked(anna).allowed


def test_without_an_address_and_gone(anna: int) -> None:
    change(anna, email="")
    assert claimed(anna, "k").code == "no_address"
    gate.execute_or_raise([Change("archive", id=anna)], access=Access.system(), channel="system")
    assert asked(anna).code == "gone"


def test_a_no_cannot_be_passed_over(anna: int, cast: Cast) -> None:
    change(anna, no_mail=True)
    access = Access.of(cast.administrator)
    assert claimed(anna, "k", access=access, override="important").code == "refuses"
    assert not services.may_pass_over(Answer("refuses"), access)


def test_of_an_erased_person_the_ledger_keeps_a_line_that_names_nobody(anna: int) -> None:
    claimed(anna, "k")
    services.unsubscribe(sealed("anna@example.com"), how="page", record_id=anna)
    gate.execute_or_raise([Change("delete", id=anna)], access=Access.system(), channel="system")
    entry, no = ContactEntry.objects.get(), Unsubscription.objects.get()
    assert entry.record_id is None and no.record_id is None
    assert "anna" not in entry.sealed and "anna" not in no.sealed
