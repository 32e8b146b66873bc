"""How many queries an answer may take, whatever the number of fields and records."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import company as small
from tests.api.conftest import Program, program_of
from tests.cast import Cast, create
from tests.company import field

pytestmark = pytest.mark.django_db


@contextmanager
def at_most(number: int) -> Iterator[None]:
    """Queries of tables; marks of transactions are none."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [q["sql"] for q in captured if "SAVEPOINT" not in q["sql"]]
    assert len(asked) <= number, "\n".join(asked)


@pytest.fixture(params=[5, 60], ids=["few fields", "many fields"])
def mine(request: pytest.FixtureRequest, cast: Cast) -> Program:
    deal = small.deal()
    extra = [field(f"extra_{n}", ("text", "integer", "user")[n % 3]) for n in range(request.param)]
    small.publish({**deal, "fields": [*deal["fields"], *extra]})
    program = program_of(cast.owner)
    program.get("me")
    return program


def deal(cast: Cast) -> int:
    customer = create("organisation", cast.owner, name="A")
    values = {"name": "D", "amount": "5 EUR", "customer": customer, "team": cast.north.pk}
    return create("deal", cast.owner, **values)


def test_one_record_takes_four(cast: Cast, mine: Program) -> None:
    pk = deal(cast)
    with at_most(4):
        assert mine.get(f"records/deal/{pk}").body["fields"]["customer"]


def test_a_change_takes_ten(cast: Cast, mine: Program) -> None:
    pk = deal(cast)
    with at_most(10):
        assert mine.patch(f"records/deal/{pk}", {"amount": "7 EUR"}, 1).status == 200
    with at_most(10):
        assert mine.patch(f"records/deal/{pk}", {"close_date": "2026-01-01"}, 1).status == 200


@pytest.mark.parametrize("records", [10, 200])
def test_a_page_takes_six(cast: Cast, mine: Program, records: int) -> None:
    customer = create("organisation", cast.owner, name="A")
    changes = [
        {"action": "create", "fields": {"name": f"D{n}", "customer": customer}}
        for n in range(records)
    ]
    assert mine.post("records/deal/batch", {"changes": changes}).body["ok"]
    with at_most(6):
        page = mine.get("records/deal", limit=500, count="capped", sort="name").body
    assert len(page["records"]) == records
    where = '{"field":"customer.name","op":"eq","value":"A"}'
    with at_most(6):
        assert len(mine.get("records/deal", where=where, limit=500).body["records"]) == records


def test_types_are_told_without_records(cast: Cast, mine: Program) -> None:
    for path in ("types", "types/deal", "types/deal/schema"):
        with at_most(2):
            assert mine.get(path).status == 200
