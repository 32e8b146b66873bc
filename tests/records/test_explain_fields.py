"""Explaining one field of a record: what each role says of it, and the right that would be enough."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from crm_config import payload, publication
from records.access import Access
from records.errors import NotVisible
from records.explain import Explanation, explain
from records.models import Record
from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import browser, text_of, url
from tests.records.test_explain import words_of

pytestmark = pytest.mark.django_db

LARGE = {"field": "headcount", "op": "gte", "value": 5309}


@kept
def alpha(cast: Cast) -> int:
    """Support reads headcount alone, and notes of large ones."""
    candidate = payload.dump()
    support = next(raw for raw in candidate["roles"] if raw["key"] == "support")
    place = {"type": "organisation"}
    support["grants"] = [{**place, "action": a, "scope": "all"} for a in ("view", "change")]
    support["fields"] = [
        {**place, "field": "margin", "access": "hidden"},
        {**place, "field": "headcount", "access": "read"},
        {**place, "field": "notes", "access": "write", "condition": LARGE},
    ]
    payload.load(candidate, replace=True)
    publication.publish(user=None)
    return create("organisation", cast.owner, name="Alpha", headcount=7, notes="zqx")


def asked(user: Any, action: str, field: str, pk: int, viewer: Access | None = None) -> Explanation:
    record = Record.unscoped.get(pk=pk)
    return explain(Access.of(user), action, record, viewer=viewer or Access.system(), field=field)


def told(found: Explanation) -> str:
    return " | ".join([found.words, *map(words_of, found.parts)])


def test_what_a_role_says_of_a_field_is_told_with_the_right_that_is_enough(
    cast: Cast, alpha: int
) -> None:
    found = asked(cast.teammate, "change", "headcount", alpha)
    assert not found.verdict and "Role Support: this field may be read" in told(found)
    [remedy] = found.remedies
    assert (remedy.kind, remedy.role, remedy.level) == ("field", "support", "write")
    assert asked(cast.teammate, "view", "headcount", alpha).verdict
    found = asked(cast.teammate, "view", "margin", alpha)
    assert not found.verdict and "Role Support: this field is hidden" in told(found)
    assert [(r.kind, r.level) for r in found.remedies] == [("field", "read")]
    found = asked(cast.teammate, "view", "name", alpha)
    assert found.verdict and "this field is like the rest of the record" in told(found)


def test_a_condition_of_a_field_is_told_with_what_it_saw(cast: Cast, alpha: int) -> None:
    found = asked(cast.teammate, "change", "notes", alpha)
    assert not found.verdict and "5,309" in told(found) and "Headcount: 7" in told(found)
    assert [(r.kind, r.level) for r in found.remedies] == [("field", "write")]


def test_where_the_record_is_not_reached_a_right_on_the_field_is_not_what_it_takes(
    cast: Cast, alpha: int
) -> None:
    found = asked(cast.stranger, "view", "headcount", alpha)
    assert not found.verdict and found.remedies
    assert "field" not in {remedy.kind for remedy in found.remedies}


def test_one_asks_about_fields_that_one_sees_and_is_told_no_operands(
    cast: Cast, alpha: int
) -> None:
    own = Access.of(cast.teammate)
    text = told(asked(cast.teammate, "change", "headcount", alpha, own))
    assert "this field may be read" in text
    for hidden in ("margin", "notes", "nothing"):
        with pytest.raises(NotVisible):
            asked(cast.teammate, "view", hidden, alpha, own)
    with pytest.raises(NotVisible):
        asked(cast.teammate, "delete", "headcount", alpha, own)


def test_the_screen_asks_about_a_field(cast: Cast, alpha: int) -> None:
    page = text_of(
        browser(cast.teammate).get(url("explain", alpha, action="change", field="headcount"))
    )
    assert "Teammate may not do this: change Headcount of Alpha" in page
    assert "The role Support on the field Headcount: write" in page
    assert 'value="margin"' not in page and url("explain", alpha) in page
    assert browser(cast.teammate).get(url("explain", alpha, field="margin")).status_code == 404
    admin = browser(cast.administrator)
    who = {"user": cast.teammate.pk, "field": "margin"}
    page = text_of(admin.get(url("explain", alpha, **who)))
    assert "may not do this: view Margin of Alpha" in page and "Open the role" in page
    # Of what is done with a record as a whole, the field that was chosen before says nothing.
    assert admin.get(url("explain", alpha, action="delete", **who)).status_code == 200


def test_command_and_api_ask_about_a_field(cast: Cast, alpha: int, capsys: Any) -> None:
    about = ("teammate", "view", f"organisation/{alpha}")
    call_command("explain", *about, "--field", "margin", "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["field"], found["verdict"]) == ("margin", False)
    with pytest.raises(CommandError):
        call_command("explain", *about, "--field", "nothing")
    address = f"records/organisation/{alpha}/explain"
    own = program_of(cast.teammate)
    answer = own.get(address, action="change", field="headcount")
    assert answer.status == 200 and answer.body["verdict"] is False
    assert own.get(address, field="margin").status == 404
