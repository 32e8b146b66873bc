"""The whole filter of a list in the builder, and nested parts as chips."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cast import Cast, create
from tests.kept import kept
from tests.records.builder import desk, posted
from tests.records.screens import PART, browser, text_of, url

pytestmark = pytest.mark.django_db

BIG = {"field": "headcount", "op": "gte", "value": 10}
NESTED = {
    "any": [BIG, {"related": "deals", "where": {"field": "won", "op": "is_true"}, "some": True}]
}
FIELD_TO_FIELD = {"field": "created_at", "op": "lt", "value": {"field": "modified_at"}}


@kept
def some(cast: Cast) -> Cast:
    create("organisation", name="Alpha", headcount=5, owner=cast.owner.pk)
    create("organisation", name="Beta", headcount=50, owner=cast.owner.pk)
    return cast


def titles(response: Any) -> list[str]:
    return [row.record.title for row in response.context["rows"]]


def where_in(address: str) -> Any:
    given = parse_qs(urlsplit(address).query).get("where")
    return json.loads(given[0]) if given else None


def test_it_opens_with_the_filter_of_the_list_and_leads_back_to_it(some: Cast) -> None:
    client = browser(some.owner)
    address = url("advanced_filter", "organisation", where=NESTED, sort="-title", q="et")
    page = client.get(address, **PART)
    assert page.status_code == 200 and text_of(page).count('data-kind="field"') == 2
    data = posted({"all": [NESTED, BIG]}, desk(some.owner), name="filter-where")
    answer = client.post(address, data, **PART)
    assert answer.status_code == 204
    assert where_in(answer["X-Location"]) == {"all": [NESTED, BIG]}
    listed = client.get(answer["X-Location"])
    assert titles(listed) == ["Beta"]
    assert listed.context["state"].sort == "-title" and listed.context["state"].search == "et"


def test_it_works_without_a_script(some: Cast) -> None:
    client = browser(some.owner)
    address = url("advanced_filter", "organisation")
    assert 'name="filter-where"' in text_of(client.get(address))
    answer = client.post(address, {"filter-where": json.dumps(BIG)})
    assert answer.status_code == 302 and where_in(answer.url) == BIG
    assert where_in(client.post(address, {"filter-where": ""}).url) is None


def test_what_is_wrong_is_said_and_stays_to_be_put_right(some: Cast) -> None:
    client = browser(some.owner)
    wrong = {"all": [BIG, {"field": "margin", "op": "gte", "value": 1}]}
    page = client.post(url("advanced_filter", "organisation"), {"filter-where": json.dumps(wrong)})
    assert page.status_code == 200
    assert "all[1].field: There is no field “margin”." in text_of(page)
    assert "&quot;margin&quot;" in text_of(page)


def test_chips_say_nested_parts_shortly_and_take_them_away(some: Cast) -> None:
    client = browser(some.owner)
    page = client.get(url("list", "organisation", where={"all": [BIG, NESTED, FIELD_TO_FIELD]}))
    plain, nested, compared = page.context["chips"]
    assert not plain.wide and nested.wide and compared.wide
    assert "/filter/advanced/" in nested.edit_url and "at=0" in plain.edit_url
    assert nested.words.startswith("Headcount is at least 10 or there is one of Deals")
    assert where_in(nested.remove_url) == {"all": [BIG, FIELD_TO_FIELD]}
    long = {"any": [BIG, *({**BIG, "value": number} for number in range(20))]}
    chip = client.get(url("list", "organisation", where=long)).context["chips"][0]
    assert len(chip.short) <= 80 < len(chip.words) and chip.short.endswith("…")


def test_it_is_not_there_for_who_sees_nothing_of_the_type(some: Cast) -> None:
    assert browser(some.outsider).get(url("advanced_filter", "organisation")).status_code == 302
