"""Rules that cannot hold are refused at publication, with what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from crm_config.problems import ConfigurationInvalid
from tests.surveys.following.following import publish, rule

pytestmark = pytest.mark.django_db

MAKE = {"type": "task", "set": {"subject": "Call"}}
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "type": ({"make": {"type": "nothing"}}, "There is no record type “nothing”."),
    "link": ({"make": {**MAKE, "link": "subject"}}, "“subject” does not link to records."),
    "field": ({"make": {"type": "task", "set": {"loud": 1}}}, "has no field “loud”"),
    "text": (
        {"make": {"type": "task", "set": {"subject": "{person.loudness}"}}},
        "{person.loudness} names nothing",
    ),
    "answer": ({"set": {"last_nps": {"answer": "nothing"}}}, "There is no question “nothing”."),
    "trend": ({"set": {"trend": {"trend": "nothing"}}}, "There is no question “nothing”."),
    "of the person": ({"set": {"loudness": 1}}, "has no field “loudness”"),
    "list": ({"lists": ["nothing"]}, "There is no list “nothing”"),
}


@pytest.mark.parametrize("which", WRONG)
def test_what_a_rule_names_has_to_be_there(which: str) -> None:
    more, message = WRONG[which]
    with pytest.raises(ConfigurationInvalid) as refused:
        publish(rule(**more))
    assert message in str(refused.value)


@pytest.mark.parametrize(
    "more",
    [
        {"set": {"last_nps": {"answer": "nps"}}, "make": MAKE, "to": {"role": "manager"}},
        {"lists": ["unhappy"], "make": MAKE, "to": {"role": "manager"}},
        {"make": {**MAKE, "link": "about"}, "to": {"role": "manager"}},
        {"make": {"type": "task", "set": {"subject": "{person.title}"}}, "to": {"role": "manager"}},
        {"make": MAKE, "to": {"of": "owner"}},
    ],
    ids=["values", "lists", "link", "text", "owner"],
)
def test_rules_of_an_anonymous_survey_never_join_the_person(more: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationInvalid, match="nonymous"):
        publish(rule(**more), settings={"anonymous": True})
