"""Public forms for programs: what a form asks, and sending it, as the pages do."""

import json

import pytest
from django.test import Client

from forms_builder.models import Submission
from records.models import Record
from tests.cast import Cast, create
from tests.forms_builder.forms import contact, item, publish

pytestmark = pytest.mark.django_db


def ask(key: str = "contact", **query):
    return Client().get(f"/api/v1/forms/{key}", query)


def send(seal: str, key: str = "contact", **values):
    body = {"seal": seal, "values": values}
    return Client().post(f"/api/v1/forms/{key}", json.dumps(body), content_type="application/json")


GOOD = {"family_name": "Popa", "email": "a@example.com"}


def test_it_tells_what_it_asks_in_one_language():
    publish(contact(labels={"en": "Write", "el": "Γράψτε"}))
    told = ask(language="el").json()
    assert told["title"] == "Γράψτε" and told["languages"] == ["en", "el"]
    keys = [i["key"] for i in told["steps"][0]["items"]]
    assert keys == ["family_name", "email"] and told["logic"]["order"] == keys
    assert told["steps"][0]["items"][1]["schema"]["format"] == "email" and told["closed"] == ""


def test_it_is_sent_and_sent_again_it_has_its_effect_once():
    publish(contact())
    seal = ask().json()["seal"]
    answers = [send(seal, **GOOD) for _twice in range(2)]
    assert [a.status_code for a in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    row = Submission.objects.get()
    assert (row.channel, row.status) == ("api", "accepted") and Record.unscoped.count() == 1


def test_what_does_not_fit_is_told_at_its_place():
    publish(contact())
    answer = send(ask().json()["seal"], email="nobody")
    assert answer.status_code == 422
    assert {e["field"] for e in answer.json()["errors"]} == {"family_name", "email"}
    assert send("forged", **GOOD).status_code == 422 and not Submission.objects.exists()


def test_forged_items_and_values_of_any_kind_do_no_harm():
    publish(contact(item("given_name"), item("source", "hidden", default="web")))
    for value in ({"a": 1}, [[]], 7, None, True, "\u0000", {"x": {"y": {"z": {"q": {}}}}}):
        seal = ask().json()["seal"]
        answer = send(seal, **GOOD, given_name=value, owner=1, source=value, nothing=value)
        assert answer.status_code in (202, 422), answer.json()
    assert set(Submission.objects.values_list("values__source", flat=True)) == {"web"}


def test_a_form_of_the_staff_or_by_invitation_is_not_there():
    publish(contact(channel="staff"), contact(key="asked", settings={"by_token": True}))
    for key in ("contact", "asked", "nothing"):
        assert ask(key).status_code == 404


def test_a_closed_form_says_so():
    publish(contact(settings={"closes": "2020-01-01", "min_seconds": 0}))
    told = ask().json()
    assert told["closed"] and told["seal"] == "" and told["steps"] == []


def test_too_quick_and_too_many_are_told_apart_from_what_does_not_fit():
    publish(contact(settings={"min_seconds": 60}))
    assert send(ask().json()["seal"], **GOOD).status_code == 429


def test_only_what_the_form_offers_is_told(cast: Cast):
    offer = {"field": "sector", "op": "eq", "value": "it"}
    publish(contact(item("company", options={"field": "company", "offer": offer})))
    create("organisation", name="Shown Ltd", sector="it")
    create("organisation", name="Hidden Ltd", sector="retail")
    told = ask().content.decode()
    assert "Shown Ltd" in told and "Hidden Ltd" not in told
