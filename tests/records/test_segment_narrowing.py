"""Queries that only the records of a short list can answer begin with it; what they find is the same."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records.access import Access
from records.segments import narrowing
from records.selectors import Query, count, page
from tests.cast import Cast, create
from tests.crm_config.segments import IT, publish, segment
from tests.records.segments import change

pytestmark = pytest.mark.django_db

VIP = {"segment": "vip"}
WHERES: dict[str, tuple[Any, set[str]]] = {
    "alone": (VIP, {"A", "B"}),
    "with others": ({"all": [VIP, IT]}, {"A"}),
    "inside all": ({"all": [{"all": [IT]}, {"all": [VIP]}]}, {"A"}),
    "not": ({"not": VIP}, {"C", "D"}),
    "any": ({"any": [VIP, IT]}, {"A", "B", "C"}),
    "not inside all": ({"all": [IT, {"not": VIP}]}, {"C"}),
    "through another": ({"segment": "outer"}, {"A", "B"}),
    "of one with a condition": ({"segment": "both"}, {"C", "D"}),
    "nobody": ({"all": [VIP, {"segment": "empty"}]}, set()),
}
#: Where the list stands in every record's way.
NARROWED = {"alone", "with others", "inside all", "through another", "nobody"}


@pytest.fixture
def access(cast: Cast) -> Access:
    publish(
        segment("it", IT),
        segment("vip", kind="static"),
        segment("empty", kind="static"),
        segment("outer", VIP),
        segment("both", IT, kind="combined"),
    )
    ids = {
        name: create("organisation", name=name, sector=sector, owner=cast.administrator.pk)
        for name, sector in (("A", "it"), ("B", "retail"), ("C", "it"), ("D", "retail"))
    }
    change("vip", "add", ids["A"], ids["B"], user=cast.administrator)
    change("both", "add", ids["D"], user=cast.administrator)
    change("both", "remove", ids["A"], user=cast.administrator)
    return Access.of(cast.administrator)


@pytest.mark.parametrize("most", [0, 1, narrowing.SHORT])
def test_the_same_records_are_found(
    access: Access, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "SHORT", most)
    for name, (where, expected) in WHERES.items():
        asked = Query(access.snapshot.types["organisation"], where=where)
        found = {row.value("name") for row in page(asked, access=access).rows}
        assert found == expected, name
        assert count(asked, access=access).number == len(expected), name


def test_a_short_list_is_told_as_numbers_where_it_stands_in_every_records_way(
    access: Access,
) -> None:
    on_postgres = connection.vendor == "postgresql"
    for name, (where, _expected) in WHERES.items():
        asked = Query(access.snapshot.types["organisation"], where=where)
        with CaptureQueriesContext(connection) as told:
            count(asked, access=access)
        numbers = any("= ANY('" in query["sql"] for query in told)
        assert numbers is (on_postgres and name in NARROWED), name
