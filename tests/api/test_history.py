"""What happened to a record."""

import pytest

from tests.api.conftest import program_of
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db


def test_changes_are_told_newest_first(cast: Cast) -> None:
    pk = create("deal", cast.owner, name="D", amount="10 EUR")
    program = program_of(cast.owner)
    program.patch(f"records/deal/{pk}", {"amount": "20 EUR", "won": True}, 1)
    newest, first = program.get(f"records/deal/{pk}/history").body["entries"]
    assert (newest["action"], newest["channel"], newest["version"]) == ("changed", "api", 2)
    assert newest["actor"] == {"id": cast.owner.pk, "name": "Owner"}
    changes = {c["field"]: (c["before"], c["after"]) for c in newest["changes"]}
    assert changes["won"] == (None, True)
    assert [side["amount"] for side in changes["amount"]] == ["10.00", "20.00"]
    assert first["action"] == "created" and first["at"].endswith("Z")


def test_pages_of_it(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    program = program_of(cast.owner)
    for version in range(1, 8):
        program.patch(f"records/organisation/{pk}", {"headcount": version}, version)
    path, versions = f"/api/v1/records/organisation/{pk}/history?limit=3", []
    while path:
        page = program.get(path).body
        versions += [entry["version"] for entry in page["entries"]]
        path = page["links"]["next"]
    assert versions == list(range(8, 0, -1))


def test_one_fields_history(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A", headcount=1)
    program = program_of(cast.owner)
    program.patch(f"records/organisation/{pk}", {"headcount": 2}, 1)
    program.patch(f"records/organisation/{pk}", {"name": "B"}, 2)
    entries = program.get(f"records/organisation/{pk}/history", field="headcount").body["entries"]
    assert [[c["after"] for c in e["changes"]] for e in entries] == [[2], [1]]


def test_it_is_seen_by_those_who_see_the_record(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    for user, status in ((cast.owner, 200), (cast.stranger, 404), (cast.outsider, 404)):
        assert program_of(user).get(f"records/organisation/{pk}/history").status == status
    assert program_of(cast.owner).get(f"records/deal/{pk}/history").status == 404


def test_links_in_it_lead_only_to_what_is_seen(cast: Cast) -> None:
    theirs = create("organisation", cast.stranger, name="Theirs")
    pk = create("person", family_name="P", company=theirs, owner=cast.owner.pk)
    entries = program_of(cast.owner).get(f"records/person/{pk}/history").body["entries"]
    assert "company" not in {c["field"] for e in entries for c in e["changes"]}
