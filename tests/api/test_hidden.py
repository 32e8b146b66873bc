"""A field that is hidden from the caller does not exist: not in what is read, asked, written or refused.

The role sales does not see an organisation's `margin`.
"""

import json
from typing import Any

import pytest

from tests import company as small
from tests.api.conftest import Program, program_of
from tests.cast import Cast, create
from tests.company import field, record_type
from tests.kept import kept

pytestmark = pytest.mark.django_db
SECRET = 123454321


@kept
def pk(cast: Cast) -> int:
    return create("organisation", name="A", margin=SECRET, owner=cast.owner.pk)


@pytest.fixture
def mine(cast: Cast) -> Program:
    return program_of(cast.owner)


def test_it_is_in_no_answer(cast: Cast, pk: int, mine: Program) -> None:
    program_of(cast.administrator).patch(f"records/organisation/{pk}", {"margin": SECRET + 1}, 1)
    said = [
        mine.get("types"),
        mine.get("types/organisation"),
        *(mine.get("types/organisation/schema", purpose=p) for p in ("read", "create", "change")),
        mine.get("records/organisation"),
        mine.get("records/organisation", expand="labels"),
        mine.get(f"records/organisation/{pk}"),
        mine.get(f"records/organisation/{pk}/history"),
        mine.get("search", q="A"),
        mine.patch(f"records/organisation/{pk}", {"name": "B"}, 2),
    ]
    assert all(answer.status == 200 for answer in said)
    texts = [json.dumps(answer.body) for answer in said]
    assert not [t for t in texts if "margin" in t.casefold() or str(SECRET)[:6] in t]


def test_the_administrator_sees_it(cast: Cast, pk: int) -> None:
    seen = program_of(cast.administrator).get(f"records/organisation/{pk}").body
    assert seen["fields"]["margin"] == SECRET


def asked(key: str) -> list[dict[str, Any]]:
    leaf = {"field": key, "op": "gte", "value": 1}
    related = {"related": "people", "where": {"field": f"company.{key}", "op": "is_set"}}
    return [
        {"where": json.dumps(leaf)},
        {"where": json.dumps({"not": leaf})},
        {"where": json.dumps({"field": "headcount", "op": "gte", "value": {"field": key}})},
        {"where": json.dumps({**related, "some": True})},
        {"sort": key},
        {"sort": f"-{key}"},
        {"fields": f"name,{key}"},
    ]


@pytest.mark.parametrize("number", range(7))
def test_asking_by_it_is_refused_like_asking_by_what_is_not_there(
    pk: int, mine: Program, number: int
) -> None:
    hidden = mine.get("records/organisation", **asked("margin")[number])
    unknown = mine.get("records/organisation", **asked("nargim")[number])
    assert hidden.status == unknown.status == 422
    assert json.dumps(hidden.body).replace("margin", "nargim") == json.dumps(unknown.body)


def test_so_is_its_history(pk: int, mine: Program) -> None:
    hidden, unknown = (
        mine.get(f"records/organisation/{pk}/history", field=key) for key in ("margin", "nargim")
    )
    assert hidden.status == 422
    assert json.dumps(hidden.body).replace("margin", "nargim") == json.dumps(unknown.body)


def test_so_is_writing_it(pk: int, mine: Program) -> None:
    for key in ("margin", "nargim"):
        refused = mine.patch(f"records/organisation/{pk}", {key: 5}, 1)
        assert refused.codes() == {("unknown_field", key)}
        created = mine.post("records/organisation", {"fields": {"name": "B", key: 5}})
        assert created.codes() == {("unknown_field", key)}


def test_it_is_kept_when_others_are_saved(cast: Cast, pk: int, mine: Program) -> None:
    mine.patch(f"records/organisation/{pk}", {"name": "B"}, 1)
    seen = program_of(cast.administrator).get(f"records/organisation/{pk}").body
    assert (seen["title"], seen["fields"]["margin"]) == ("B", SECRET)


def test_a_search_does_not_find_by_it(pk: int, mine: Program) -> None:
    assert mine.get("records/organisation", q=str(SECRET)).body["records"] == []
    assert mine.get("search", q=str(SECRET)).body["hits"] == []


def test_refusals_for_its_sake_do_not_name_it(cast: Cast) -> None:
    secret = small.small_company()
    secret["roles"][2]["fields"].append(
        {"type": "secret", "field": "clearance", "access": "hidden"}
    )
    for role in secret["roles"]:
        role["grants"].extend(small.role("x", "all", "secret")["grants"])
    small.publish(
        record_type(
            "secret",
            field("name", required=True),
            field("clearance", required=True),
            title_template="{name}",
        ),
        company=secret,
    )
    answer = program_of(cast.owner).post("records/secret", {"fields": {"name": "A"}})
    assert answer.status == 422 and answer.codes() == {("refused", None)}
    assert "learance" not in json.dumps(answer.body)
    batch = {"partial": True, "changes": [{"action": "create", "fields": {"name": "A"}}]}
    said = program_of(cast.owner).post("records/secret/batch", batch).body
    assert "learance" not in json.dumps(said) and not said["ok"]
