"""A thousand records, page by page."""

import pytest

from records import services
from records.access import Access
from records.gate import Change
from tests.api.conftest import program_of
from tests.cast import Cast
from tests.kept import kept

pytestmark = pytest.mark.django_db
MANY = 1000


@kept
def many(cast: Cast) -> None:
    changes = [
        Change(
            "create",
            type="organisation",
            values={
                "name": f"Name {n % 7}",
                "headcount": n % 10 or None,
                "owner": (cast.owner if n % 4 else cast.stranger).pk,
            },
        )
        for n in range(MANY)
    ]
    services.execute_or_raise(changes, access=Access.system(), channel="import")


@pytest.mark.parametrize("sort", ["id", "-headcount", "title", "modified_at"])
def test_every_record_is_met_once_there_and_back(cast: Cast, many: None, sort: str) -> None:
    program = program_of(cast.owner)
    page = program.get("records/organisation", sort=sort, limit=160, fields="headcount")
    assert page.body["links"]["previous"] is None and 'rel="prev"' not in page.headers["Link"]
    pages = [page]
    while (following := pages[-1].body["links"]["next"]) is not None:
        pages.append(program.get(following))
    met = [record["id"] for page in pages for record in page.body["records"]]
    assert len(met) == len(set(met)) == 750
    assert "next" not in pages[-1].headers["Link"] and len(pages) == 5
    back = pages[-1]
    for earlier in reversed(pages[:-1]):
        back = program.get(back.body["links"]["previous"])
        assert back.body["records"] == earlier.body["records"]


def test_the_largest_page(cast: Cast, many: None) -> None:
    page = program_of(cast.administrator).get("records/organisation", limit=500, count="capped")
    assert len(page.body["records"]) == 500
    assert page.body["count"] == {"number": MANY, "capped": False}
