"""The contact budget in the studio, as part of what is published, and on a record's page."""

import pytest
from django.urls import reverse

from crm_config import payload, publication
from crm_config.live import live
from crm_config.problems import ConfigurationInvalid
from records.access import Access
from records.contact.definitions import people_of, rules_of
from records.contact.sealing import sealed
from records.contact.services import unsubscribe
from tests import company as small
from tests.cast import Cast, create
from tests.crm_config.studio import client_of, sentences
from tests.records.contact.budgeting import PEOPLE, claimed, person_type, publish, rule

pytestmark = pytest.mark.django_db


def at(name: str, *args: str) -> str:
    return reverse(f"contact_studio:{name}", args=args)


RULE = {
    "labels_en": "One survey a month",
    "labels_el": "",
    "most": "1",
    "days": "30",
    "kinds": ["survey"],
}


def test_a_rule_is_added_changed_and_deleted(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    assert "No rules yet" in browser.get(at("all")).content.decode()
    assert browser.post(at("rule_add"), RULE).status_code == 302
    assert "Contact budget: One survey a month: It is added." in " ".join(
        f"Contact budget: {each}" for each in sentences()
    )
    publication.publish(user=None, reason="test")
    [found] = rules_of(live())
    assert (found.key, found.most, found.days, found.kinds) == (
        "one_survey_a_month",
        1,
        30,
        ("survey",),
    )
    browser.post(
        at("rule", found.key),
        {**RULE, "days": "60", "roles": ["manager"], "kinds": ["survey", "campaign"]},
    )
    said = " ".join(sentences())
    assert "In how many days it counts changes." in said and "Who may pass it over changes." in said
    html = browser.get(at("all")).content.decode()
    assert "At most 1 in 60 days: Surveys, Campaigns" in html
    assert browser.post(at("rule_delete", found.key)).status_code == 302
    assert payload.dump().get("contact_budget", []) == []


def test_a_rule_says_what_it_counts(cast: Cast) -> None:
    page = client_of(cast.administrator).post(at("rule_add"), {**RULE, "kinds": []})
    assert page.status_code == 200 and not payload.dump().get("contact_budget")


def test_how_people_are_written_to_is_said_by_record_type(cast: Cast) -> None:
    small.publish(person_type())
    browser = client_of(cast.administrator)
    answer = browser.post(at("people_add"), {"key": "person"})
    assert answer["Location"] == at("people", "person")
    said = {"email": "email", "language": "", "consent": "agrees:email", "refuses": "no_mail"}
    browser.post(at("people", "person"), said)
    publication.publish(user=None, reason="test")
    found = people_of(live().types["person"], live())
    assert (found.email, found.consent, found.option, found.refuses) == (
        "email", "agrees", "email", "no_mail",
    )  # fmt: skip
    assert browser.post(at("people_delete", "person")).status_code == 302
    assert not payload.dump().get("contact_people")


def test_the_studio_is_for_administrators(cast: Cast) -> None:
    for user in (cast.manager, cast.owner):
        assert client_of(user).get(at("all"), follow=False).status_code != 200


@pytest.mark.parametrize("wrong", [
    rule("r", 1, 30, "survey", segment="none"),
    rule("r", 1, 30, "survey", survey="none"),
    rule("r", 1, 30, "survey", roles=["none"]),
])  # fmt: skip
def test_what_a_rule_names_has_to_be_there(cast: Cast, wrong: dict) -> None:
    with pytest.raises(ConfigurationInvalid):
        publish(wrong)


def test_fields_that_say_how_people_are_written_to_have_the_right_kind(cast: Cast) -> None:
    with pytest.raises(ConfigurationInvalid):
        publish(contact_people=[{**PEOPLE, "refuses": "family_name"}])
    with pytest.raises(ConfigurationInvalid):
        publish(contact_people=[{**PEOPLE, "option": "none"}])


def test_a_records_page_tells_of_mails_and_of_those_held_back(cast: Cast) -> None:
    publish(rule("surveys", 1, 30, "survey"))
    pk = create("person", family_name="Anna", email="anna@example.com", owner=cast.owner.pk)
    claimed(pk, "first", access=Access.of(cast.owner))
    claimed(pk, "second")
    unsubscribe(sealed("anna@example.com"), purpose="news", how="page", record_id=pk)
    html = client_of(cast.owner).get(reverse("records:record", args=[pk])).content.decode()
    assert "left out" in html and "Over the contact budget: Surveys" in html
    assert "Unsubscribed from News." in html


def test_a_reason_does_not_tell_of_a_field_that_one_may_not_read(cast: Cast) -> None:
    company = small.small_company()
    hidden = {"type": "person", "field": "no_mail", "access": "hidden"}
    for role in company["roles"]:
        if role["key"] == "sales":
            role["fields"] = [hidden]
    publish(roles=company["roles"])
    pk = create(
        "person", family_name="Anna", email="a@example.com", no_mail=True, owner=cast.owner.pk
    )
    assert claimed(pk, "first").code == "refuses"
    html = client_of(cast.owner).get(reverse("records:record", args=[pk])).content.decode()
    assert "wants no mail" not in html and "may not be written to now" in html
