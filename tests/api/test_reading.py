"""Lists and records as programs read them."""

import json
from typing import Any

import pytest

from records import services
from records.access import Access
from records.gate import Change
from tests.api.conftest import Answer, program_of
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db


def titles(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.body
    return [record["title"] for record in answer.body["records"]]


def where(**leaf: Any) -> str:
    return json.dumps(leaf)


def test_a_record_comes_with_its_fields_and_version(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="Aegean Optics", sector="it", headcount=12)
    answer = program_of(cast.owner).get(f"records/organisation/{pk}")
    assert answer.status == 200, answer.body
    assert answer.headers["ETag"] == '"1"'
    body = answer.body
    assert (body["id"], body["type"], body["title"]) == (pk, "organisation", "Aegean Optics")
    assert body["url"] == f"/api/v1/records/organisation/{pk}"
    assert body["fields"]["sector"] == "it" and body["fields"]["code"] is None
    assert body["fields"]["owner"] == cast.owner.pk
    assert body["fields"]["created_at"].endswith("Z")
    assert "labels" not in body


def test_values_are_plain_json(cast: Cast) -> None:
    customer = create("organisation", cast.owner, name="A")
    values = {"name": "D", "amount": "1250.50 EUR", "close_date": "2026-03-01", "won": True}
    pk = create("deal", cast.owner, **values, tags=["hot", "big"], customer=customer)
    fields = program_of(cast.owner).get(f"records/deal/{pk}").body["fields"]
    assert fields["amount"] == {"amount": "1250.50", "currency": "EUR", "base": "1250.50"}
    assert fields["close_date"] == "2026-03-01" and fields["won"] is True
    assert sorted(fields["tags"]) == ["big", "hot"] and fields["customer"] == customer


def test_links_to_what_is_not_seen_are_not_there(cast: Cast) -> None:
    theirs = create("organisation", cast.stranger, name="Theirs")
    pk = create("person", family_name="P", company=theirs, owner=cast.owner.pk)
    mine = program_of(cast.owner)
    assert mine.get(f"records/person/{pk}").body["fields"]["company"] is None
    assert mine.get("records/person").body["records"][0]["fields"]["company"] is None
    labelled = mine.get("records/person", expand="labels").body["records"][0]
    assert labelled["fields"]["company"] is None and "company" not in labelled["labels"]


def test_labels_are_what_people_read(cast: Cast) -> None:
    mine = create("organisation", cast.owner, name="Mine", sector="it")
    pk = create("person", cast.owner, family_name="P", company=mine)
    program = program_of(cast.owner)
    person = program.get(f"records/person/{pk}", expand="labels").body
    assert person["labels"]["company"] == "Mine" and person["labels"]["owner"] == "Owner"
    organisation = program.get("records/organisation", expand="labels", fields="sector").body
    assert organisation["records"][0]["labels"] == {"sector": "It"}


def test_only_the_fields_that_are_asked_for(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A", headcount=3)
    program = program_of(cast.owner)
    body = program.get(f"records/organisation/{pk}", fields="headcount,title,owner").body
    assert body["fields"] == {"headcount": 3, "owner": cast.owner.pk} and body["title"] == "A"
    listed = program.get("records/organisation", fields="headcount").body["records"]
    assert [r["fields"] for r in listed] == [{"headcount": 3}]
    assert program.get("records/organisation", fields="").body["records"][0]["fields"] == {}


def test_lists_are_filtered_searched_and_sorted(cast: Cast) -> None:
    for name, heads in (("Alpha", 5), ("Beta", 50), ("Gamma ray", 500)):
        create("organisation", cast.owner, name=name, headcount=heads)
    program = program_of(cast.owner)
    many = where(field="headcount", op="gte", value=50)
    assert titles(program.get("records/organisation", where=many)) == ["Beta", "Gamma ray"]
    assert titles(program.get("records/organisation", sort="-headcount"))[0] == "Gamma ray"
    assert titles(program.get("records/organisation", q="ray gam")) == ["Gamma ray"]
    assert titles(program.get("records/organisation", q="nothing")) == []


def test_counting_is_asked_for(cast: Cast) -> None:
    for name in "ABC":
        create("organisation", cast.owner, name=name)
    create("organisation", cast.stranger, name="D")
    program = program_of(cast.owner)
    assert program.get("records/organisation").body["count"] is None
    for wish in ("capped", "exact"):
        counted = program.get("records/organisation", count=wish, limit=1).body["count"]
        assert counted == {"number": 3, "capped": False}


def test_archived_records_are_listed_apart(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="Old")
    create("organisation", cast.owner, name="New")
    services.execute_or_raise([Change("archive", id=pk)], access=Access.system(), channel="system")
    program = program_of(cast.owner)
    assert titles(program.get("records/organisation")) == ["New"]
    assert titles(program.get("records/organisation", archived="true")) == ["Old"]
    assert program.get(f"records/organisation/{pk}").body["archived"] is True


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"where": "{"}, "where"),
        ({"where": "[" * 5000}, "where"),
        ({"where": '{"field":"nonsense","op":"eq","value":1}'}, "where.field"),
        ({"where": '{"all":[{"field":"headcount","op":"like","value":1}]}'}, "where.all[0].op"),
        ({"where": "3"}, "where"),
        ({"sort": "nonsense"}, "sort"),
        ({"sort": "notes"}, "sort"),
        ({"fields": "name,nonsense"}, "query.fields"),
        ({"limit": "0"}, "query.limit"),
        ({"limit": "501"}, "query.limit"),
        ({"limit": "many"}, "query.limit"),
        ({"cursor": "abc"}, "cursor"),
        ({"count": "all"}, "query.count"),
        ({"archived": "perhaps"}, "query.archived"),
        ({"expand": "everything"}, "query.expand"),
        ({"q": "\x00"}, "query.q"),
        ({"wher": "{}"}, "query.wher"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(
    cast: Cast, query: dict[str, str], place: str
) -> None:
    answer = program_of(cast.owner).get("records/organisation", **query)
    assert (answer.status, answer.code) == (422, "invalid")
    assert answer.body["errors"][0]["place"] == place and answer.body["errors"][0]["message"]


def test_a_cursor_belongs_to_its_list(cast: Cast) -> None:
    for name in "AB":
        create("organisation", cast.owner, name=name)
    program = program_of(cast.owner)
    following = program.get("records/organisation", limit=1).body["links"]["next"]
    cursor = following.partition("cursor=")[2]
    assert program.get("records/organisation", cursor=cursor[:-2]).code == "invalid"
    other = program.get(following.replace("/organisation", "/deal"))
    assert other.body["errors"][0]["code"] == "cursor"


@pytest.mark.parametrize("words", ["a " * 100, "%_\\ ' \" ; --", "\U0001f600 ß ﬁ"])
def test_any_words_can_be_searched_for(cast: Cast, words: str) -> None:
    assert program_of(cast.owner).get("records/organisation", q=words[:200]).status == 200
    assert program_of(cast.owner).get("search", q=words[:200]).status == 200


def test_a_record_of_another_type_is_not_there(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    program = program_of(cast.owner)
    for path in (f"records/deal/{pk}", "records/organisation/1", f"records/nothing/{pk}"):
        assert (program.get(path).status, program.get(path).code) == (404, "not_found")
    assert program.get(f"records/organisation/{2**53 - 1}").status == 404
    assert program.get(f"records/organisation/{2**70}").status in (404, 422)


def test_search_looks_through_all_types(cast: Cast) -> None:
    create("organisation", cast.owner, name="Aegean Optics")
    create("deal", cast.owner, name="Aegean order")
    create("deal", cast.stranger, name="Aegean secret")
    hits = program_of(cast.owner).get("search", q="aegean").body["hits"]
    found = {hit["type"]: [r["title"] for r in hit["records"]] for hit in hits}
    assert found == {"organisation": ["Aegean Optics"], "deal": ["Aegean order"]}
    assert program_of(cast.owner).get("search").status == 422


def test_me_says_who_and_with_what(cast: Cast) -> None:
    me = program_of(cast.manager, "read:deal").get("me").body
    assert me["user"]["username"] == "manager" and me["token"]["scopes"] == ["read:deal"]
    assert me["roles"] == [{"key": "manager", "label": "Manager"}]
    assert [(t["name"], t["lead"]) for t in me["teams"]] == [("Company", True)]
    assert me["company"]["base_currency"] == "EUR" and me["config_version"] == 1
