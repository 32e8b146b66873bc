"""Fields of a record that the form's record links to: changed where one is linked, found by what matches, or made."""

from typing import Any

import pytest

from records.models import Event, Record, RecordLink
from tests.cast import Cast, create
from tests.forms_builder.layouts.staff import item, laid_out, staff
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db
HANDLING = {"links": [{"link": "customer", "type": "organisation", "match": ["name"]}]}


def linked(key: str, **more: Any) -> dict[str, Any]:
    options = {"link": "customer", "field": key}
    return item(key if key != "name" else "company", "linked_field", options=options, **more)


def customer_of(deal: int) -> list[int]:
    rows = RecordLink.objects.filter(source=deal, field="customer")
    return list(rows.values_list("target", flat=True))


def new(cast: Cast, **given: str) -> Any:
    return browser(cast.owner).post(url("new", "deal"), {"f-name": "D", **given})


@pytest.fixture
def published(cast: Cast) -> None:
    laid_out(staff(item("name"), linked("name"), linked("headcount"), handling=HANDLING))


def test_one_is_made_and_linked_in_the_same_batch(cast: Cast, published: None) -> None:
    new(cast, **{"f-linked-company": "Alpha", "f-linked-headcount": "5"})
    deal = Record.unscoped.get(type="deal")
    org = Record.unscoped.get(type="organisation")
    assert customer_of(deal.pk) == [org.pk] and org.data == {"name": "Alpha", "headcount": 5}
    assert Event.objects.order_by().values("batch").distinct().count() == 1


def test_one_that_matches_is_taken_and_what_is_empty_filled(cast: Cast, published: None) -> None:
    org = create("organisation", cast.owner, name="Alpha", sector="it")
    new(cast, **{"f-linked-company": "alpha", "f-linked-headcount": "5"})
    assert customer_of(Record.unscoped.get(type="deal").pk) == [org]
    assert Record.unscoped.get(pk=org).data == {"name": "Alpha", "headcount": 5, "sector": "it"}


def test_one_that_the_person_does_not_see_is_not_found(cast: Cast, published: None) -> None:
    org = create("organisation", cast.stranger, name="Alpha")
    new(cast, **{"f-linked-company": "Alpha"})
    deal = Record.unscoped.get(type="deal")
    assert customer_of(deal.pk) != [org] and len(customer_of(deal.pk)) == 1


def test_nothing_filled_in_links_nothing(cast: Cast, published: None) -> None:
    new(cast)
    assert [r.type for r in Record.unscoped.all()] == ["deal"]


def test_of_the_one_that_is_linked_it_shows_and_changes(cast: Cast, published: None) -> None:
    org = create("organisation", cast.owner, name="Alpha", headcount=5)
    deal = create("deal", cast.owner, name="D", customer=org)
    client = browser(cast.owner)
    assert client.get(url("edit", deal)).context["form"]["linked-company"].value() == "Alpha"
    given = {"f-name": "D", "f-linked-company": "Alpha", "f-linked-headcount": "8"}
    client.post(url("edit", deal), given)
    assert Record.unscoped.get(pk=org).data["headcount"] == 8
    assert Record.unscoped.get(pk=deal).version == 1


def test_of_one_that_one_does_not_see_nothing_is_shown(cast: Cast, published: None) -> None:
    org = create("organisation", name="Unseen company", headcount=918273, owner=cast.stranger.pk)
    deal = create("deal", name="D", customer=org, owner=cast.owner.pk)
    assert "918273" not in text_of(browser(cast.owner).get(url("edit", deal)))
    browser(cast.owner).post(url("edit", deal), {"f-name": "E"})
    assert Record.unscoped.get(pk=org).data["headcount"] == 918273
    assert customer_of(deal) == [org]


def test_what_the_gate_refuses_of_it_leaves_all_undone(cast: Cast, published: None) -> None:
    answer = new(cast, **{"f-linked-headcount": "5"})
    assert answer.status_code == 200 and not Record.unscoped.exists()
    assert "in a row or in a linked record" in text_of(answer)
