"""What procedures ask of the database does not grow with the batch."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import services
from records.access import Access
from records.gate import Change
from tests.cast import Cast, create
from tests.kept import kept
from tests.workflows.procedures.rules import procedure, publish

RULES = (
    procedure(
        "linked",
        when={"not": {"field": "customer.sector", "op": "in", "value": ["retail"]}},
        must={"field": "customer.headcount", "op": "gte", "value": 0},
    ),
    procedure(
        "around",
        when={"field": "customer", "op": "is_set"},
        must={"any": [{"changed": "name"}, {"field": "won", "op": "is_true"}]},
    ),
)


def counted(changes: list[Change], access: Access) -> int:
    with CaptureQueriesContext(connection) as asked:
        outcomes = services.check(changes, access=access, channel="import")
    assert all(outcome.ok for outcome in outcomes)
    return len(asked)


@kept
def firms(cast: Cast) -> list[int]:
    return [
        create("organisation", cast.owner, name=f"Firm {n}", sector="it", headcount=n)
        for n in range(200)
    ]


def new(firms: list[int]) -> list[Change]:
    return [
        Change("create", type="deal", values={"name": f"D {n}", "customer": pk})
        for n, pk in enumerate(firms)
    ]


def test_new_records(cast: Cast, firms: list[int]) -> None:
    publish(*RULES)
    access = Access.of(cast.administrator)
    counted(new(firms[:1]), access)
    one = counted(new(firms[:1]), access)
    assert counted(new(firms), access) == one


def test_changed_records(cast: Cast, firms: list[int]) -> None:
    deals = [create("deal", cast.owner, name=f"D {n}", customer=pk) for n, pk in enumerate(firms)]
    publish(*RULES)
    access = Access.of(cast.administrator)

    def renamed(ids: list[int]) -> list[Change]:
        return [Change("change", id=pk, values={"name": "E"}) for pk in ids]

    counted(renamed(deals[:1]), access)
    one = counted(renamed(deals[:1]), access)
    assert counted(renamed(deals), access) == one


def test_what_others_link_to(cast: Cast, firms: list[int]) -> None:
    for pk in firms:
        create("deal", cast.owner, name="D", customer=pk)
    rule: dict[str, Any] = {"related": "deals", "count": {"op": "lte", "value": 5}}
    publish(procedure("few", type="organisation", when=None, must=rule))
    access = Access.of(cast.administrator)

    def grown(ids: list[int]) -> list[Change]:
        return [Change("change", id=pk, values={"notes": "More"}) for pk in ids]

    counted(grown(firms[:1]), access)
    one = counted(grown(firms[:1]), access)
    assert counted(grown(firms), access) == one
