"""Grants and rights on fields that hold on some records alone: written in the studio, checked at publication, told
in words, and found where something they name is used."""

import json
from typing import Any

import pytest

from crm_config import payload, publication
from crm_config.live import live
from crm_config.models import FieldGrant, TypeGrant
from crm_config.problems import ConfigurationInvalid
from crm_config.references import where_used
from crm_config.working_copy import rights
from crm_config.working_copy.reading import WorkingCopy
from tests.cast import Cast
from tests.crm_config.studio import client_of, raw_role, sentences, url
from tests.kept import kept

SECTOR = {"field": "sector", "op": "eq", "value": "it"}


@kept
def sales(cast: Cast) -> Any:
    return FieldGrant.objects.select_related("role").get(field="margin").role


def problems() -> list[str]:
    with pytest.raises(ConfigurationInvalid) as refused:
        publication.publish(user=None)
    return [str(p) for p in refused.value.problems]


def test_a_condition_is_published_and_travels_in_the_payload(sales: Any) -> None:
    rights.set_condition(sales, "organisation", "view", SECTOR)
    rights.set_field_condition(sales, "organisation", "margin", "read", SECTOR)
    publication.publish(user=None)
    role = live().roles["sales"]
    assert role.grants["organisation", "view"].condition == SECTOR
    assert role.field_conditions["organisation", "margin"] == SECTOR
    dumped = payload.dump()
    payload.load(dumped, replace=True)
    assert payload.dump() == dumped
    assert not publication.check(dumped)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (None, "Say which records"),
        ({"all": []}, "every record"),
        ({"any": []}, "for none"),
        ({"all": [SECTOR, {"field": "gone", "op": "eq", "value": 1}]}, "all[1].field"),
        ({"field": "sector", "op": "eq", "value": "gone"}, "value"),
        ({"segment": "gone"}, "segment"),
        ({"field": "headcount", "op": "eq", "value": "many"}, "value"),
    ],
)
def test_what_cannot_hold_is_refused_with_its_place(sales: Any, condition: Any, said: str) -> None:
    rights.set_condition(sales, "organisation", "view", condition)
    found = problems()
    assert len(found) == 1 and said in found[0] and "sales" in found[0]


def test_hidden_takes_no_condition_and_plain_scopes_take_none(sales: Any) -> None:
    FieldGrant.objects.filter(role=sales).update(condition=SECTOR)
    assert "Hidden takes no condition" in problems()[0]
    FieldGrant.objects.filter(role=sales).update(condition=None)
    TypeGrant.objects.filter(role=sales, action="view").update(condition=SECTOR)
    assert "Only the scope" in problems()[0]


def test_the_change_is_told_in_words(sales: Any) -> None:
    rights.set_condition(sales, "organisation", "view", SECTOR)
    rights.set_field_condition(sales, "organisation", "margin", "read", SECTOR)
    told = " ".join(sentences())
    assert "“View” on “Organisation” reaches" in told
    assert "Sector is “It”" in told
    assert "holds if" in told


def test_what_a_condition_names_cannot_be_removed_blindly(sales: Any) -> None:
    rights.set_condition(
        sales, "person", "view", {"field": "company.sector", "op": "eq", "value": "it"}
    )
    draft = WorkingCopy().draft
    sector = ("record_types", "organisation", "fields", "sector")
    assert ("roles", "sales", "grants", "person.view") in {
        r.source for r in where_used(sector, draft)
    }
    option = (*sector, "choices", "it")
    assert [r.how for r in where_used(option, draft)] == ["condition"]
    candidate = payload.dump()
    organisation = next(t for t in candidate["record_types"] if t["key"] == "organisation")
    organisation["fields"] = [f for f in organisation["fields"] if f["key"] != "sector"]
    organisation["columns"] = ["title"]
    assert publication.check(candidate)


def test_the_matrix_leads_to_the_condition_and_shows_it(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    posted = {"part": "rights", "grant:sales:deal:view": "condition"}
    asked = url("grant_condition", "sales", "deal", "view")
    assert browser.post(url("role", "sales"), posted).url == asked
    won = {"field": "won", "op": "is_true"}
    assert "look-as/?who=role%3Asales" in browser.get(url("role", "sales")).content.decode()
    page = browser.get(asked)
    assert page.status_code == 200 and "Deals" in page.content.decode()
    refused = browser.post(asked, {"condition": json.dumps({"field": "gone", "op": "is_true"})})
    assert "There is no field “gone”" in refused.content.decode()
    assert browser.post(asked, {"condition": json.dumps(won)}).status_code == 302
    grant = next(
        g for g in raw_role("sales")["grants"] if (g["type"], g["action"]) == ("deal", "view")
    )
    assert grant == {"type": "deal", "action": "view", "scope": "condition", "condition": won}
    assert asked in browser.get(url("role", "sales")).content.decode()
    browser.post(url("role", "sales"), {"part": "rights", "grant:sales:deal:view": "own"})
    grant = next(
        g for g in raw_role("sales")["grants"] if (g["type"], g["action"]) == ("deal", "view")
    )
    assert "condition" not in grant


def test_a_field_right_is_given_a_condition(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    asked = url("field_condition", "sales", "organisation", "margin")
    assert browser.get(asked).status_code == 200
    browser.post(asked, {"access": "read", "condition": json.dumps(SECTOR)})
    right = {"type": "organisation", "field": "margin", "access": "read"}
    assert raw_role("sales")["fields"] == [{**right, "condition": SECTOR}]
    assert "if…" in browser.get(url("role", "sales")).content.decode()
    browser.post(asked, {"access": "read", "condition": ""})
    assert raw_role("sales")["fields"] == [right]
    assert client_of(cast.owner).get(asked).status_code in (302, 403)
    assert browser.get(url("grant_condition", "sales", "deal", "fly")).status_code == 404
    assert browser.get(url("field_condition", "sales", "deal", "nothing")).status_code == 404
