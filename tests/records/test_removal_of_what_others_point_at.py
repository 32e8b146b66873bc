"""Whoever removes a record is told of those that point at it as far as they see them: of others, that there are
some, and neither how many nor by what."""

from typing import Any

import pytest

from crm_config.models import User
from records import services
from records.access import Access
from records.gate import Change, Refusal
from records.models import Record
from tests import company as small
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db

UNSEEN = "records that you may not see"


def link(key: str, rule: str) -> dict[str, Any]:
    options = {"targets": ["organisation"], "reverse_key": f"by_{key}", "on_delete": rule}
    return small.field(key, "link", options=options)


@pytest.fixture
def company(db: None) -> Any:
    """Sales staff see their own; the link `watches` is hidden from them."""
    candidate = small.small_company()
    deal = candidate["record_types"][2]
    deal["fields"] += [link("along", "archive"), link("watches", "refuse"), link("about", "clear")]
    sales = next(role for role in candidate["roles"] if role["key"] == "sales")
    sales["fields"].append({"type": "deal", "field": "watches", "access": "hidden"})
    return small.publish(company=candidate)


@kept
def mine(cast: Cast) -> int:
    return create("organisation", cast.owner, name="Mine")


def point(by: User | None, field: str, at: int, name: str = "D") -> int:
    owner = {"owner": by.pk} if by else {}
    return create("deal", name=name, **owner, **{field: at})


def held(user: User, pk: int) -> Refusal:
    change = Change("delete", id=pk)
    outcome = services.check([change], access=Access.of(user), channel="api")[0]
    (refusal,) = outcome.refusals
    assert refusal.code == "held"
    return refusal


def test_what_is_not_seen_holds_back_without_a_name_or_number(cast: Cast, mine: int) -> None:
    point(cast.stranger, "customer", mine)
    point(cast.stranger, "customer", mine)
    refusal = held(cast.owner, mine)
    assert UNSEEN in str(refusal.message).lower()
    assert "Customer" not in str(refusal.message) and "2" not in str(refusal.message)
    assert refusal.detail == {"count": 0}


def test_a_hidden_link_of_a_seen_record_is_not_told_either(cast: Cast, mine: int) -> None:
    point(cast.owner, "watches", mine)
    refusal = held(cast.owner, mine)
    assert "Watches" not in str(refusal.message) and UNSEEN in str(refusal.message).lower()
    assert "1 records still point here (Watches)" in str(held(cast.administrator, mine).message)


def test_what_is_seen_is_told_beside_what_is_not(cast: Cast, mine: int) -> None:
    point(cast.owner, "customer", mine)
    refusal = held(cast.owner, mine)
    assert str(refusal.message) == "1 records still point here (Customer): change them first."
    assert refusal.detail == {"count": 1}
    point(cast.stranger, "watches", mine)
    message = str(held(cast.owner, mine).message)
    assert "1 records still point here (Customer), and records that you may not see" in message
    assert held(cast.administrator, mine).detail == {"count": 2}


def test_the_system_is_told_all(cast: Cast, mine: int) -> None:
    point(cast.stranger, "customer", mine)
    change = Change("delete", id=mine)
    outcome = services.check([change], access=Access.system(), channel="system")[0]
    assert outcome.refusals[0].detail == {"count": 1}


@pytest.mark.parametrize(
    ("field", "words"),
    [("customer", "hold it back"), ("along", "archived along"), ("about", "lose their link")],
)
def test_the_question_tells_the_same(cast: Cast, mine: int, field: str, words: str) -> None:
    for number in range(3):
        point(cast.stranger, field, mine, f"Secret {number}")
    asked = browser(cast.owner).get(url("delete", mine))
    shown = text_of(asked)
    assert words in shown and UNSEEN in shown.lower()
    assert "Secret" not in shown and "3 records" not in shown
    along = asked.context["along"]
    assert [others.number for others in (along.holding, along.archived, along.cleared)] == [0, 0, 0]
    point(cast.owner, field, mine, "Known")
    shown = text_of(browser(cast.owner).get(url("delete", mine)))
    assert "1 record" in shown and "Known" in shown and "and records that you may not see" in shown
    every = text_of(browser(cast.administrator).get(url("delete", mine)))
    assert "4 records" in every and UNSEEN not in every


def test_what_goes_along_goes_also_unseen(cast: Cast, mine: int) -> None:
    along, cleared = point(cast.stranger, "along", mine), point(cast.stranger, "about", mine)
    change = Change("delete", id=mine)
    assert services.execute_one(change, access=Access.of(cast.owner), channel="screen").written
    assert Record.unscoped.get(pk=along).archived_at is not None
    assert Record.unscoped.get(pk=cleared).archived_at is None
