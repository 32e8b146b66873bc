"""A laid out form costs no query more than the one that is made from the fields, save those for its rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, create
from tests.forms_builder.layouts.staff import item, laid_out, staff
from tests.records.screens import browser, url
from tests.records.test_screen_budgets import for_records

pytestmark = pytest.mark.django_db


def asked(cast: Cast, deal: int) -> int:
    client = browser(cast.owner)
    client.get(url("edit", deal))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url("edit", deal)).status_code == 200
    return len(for_records(captured))


def test_the_form_of_a_record_asks_no_more(cast: Cast) -> None:
    laid_out()
    org = create("organisation", cast.owner, name="O")
    deal = create("deal", cast.owner, name="D", customer=org)
    generated = asked(cast, deal)
    items = [item("name"), item("amount"), item("customer"), item("owner"), item("tags")]
    laid_out(staff(*items))
    assert asked(cast, deal) <= generated


def test_rows_cost_the_same_however_many(cast: Cast) -> None:
    rows = item(
        "lines", "rows", options={"type": "line", "link": "deal", "fields": ["text", "pieces"]}
    )
    laid_out(staff(item("name"), rows))
    deal = create("deal", cast.owner, name="D")
    create("line", cast.owner, text="1", deal=deal)
    few = asked(cast, deal)
    for n in range(9):
        create("line", cast.owner, text=str(n), deal=deal)
    assert asked(cast, deal) == few
