"""The procedures of the packs hold as they come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm_config import packs, publication
from crm_config.live import live
from crm_config.models import Team, User
from records import services
from records.access import Access
from records.errors import Refused
from records.gate import Change, Outcome
from records.models import Record
from tests.cast import create, join, person
from tests.kept import kept
from workflows.approvals.services import decide, request
from workflows.models import Acknowledgement, ApprovalRequest
from workflows.procedures.conditions import broken

pytestmark = pytest.mark.django_db

LIST, SPECIAL = "procedures:list_price", "procedures:special_price"
DISCOUNT, STOCK = "procedures:discount", "procedures:stock"

#: 15.1 per cent as it is stored.
TENTHS = 151


@kept
def seller() -> User:
    for key in ("core", "sales"):
        packs.install(packs.read(key))
    publication.publish(user=None, reason="test")
    return join(person("seller"), "sales", Team.objects.create(name="North"))


def days(count: int) -> str:
    return (timezone.localdate() + timedelta(days=count)).isoformat()


def product(**more: Any) -> int:
    return create("product", name="Frame", price="100 EUR", **more)


def special(frame: int, **more: Any) -> int:
    values = {"name": "Partners", "list": "partner", "price": "88 EUR", **more}
    return create("price_list_entry", product=frame, **values)


def document(seller: User, kind: str = "quote", **more: Any) -> int:
    return create(kind, date=days(0), owner=seller.pk, **more)


def line(
    seller: User, document: int, frame: int | None, *, reasons: Any = None, **more: Any
) -> Change:
    said = {"description": "Frame", "unit_price": "100 EUR", "owner": seller.pk, **more}
    values = {"document": document, "product": frame, **said}
    return Change("create", type="document_line", values=values, acknowledged=reasons or {})


def write(seller: User, change: Change) -> Outcome:
    return services.execute_one(change, access=Access.of(seller), channel="screen")


def rules(outcome: Outcome) -> list[tuple[str, str]]:
    assert outcome.ok == (not outcome.refusals)
    return [(refusal.code, refusal.rule) for refusal in outcome.refusals]


def test_they_can_all_be_read(seller: User) -> None:
    assert set(live().sections["procedures"]) == {
        "list_price",
        "special_price",
        "discount",
        "stock",
    }
    assert broken(live()) == []


@pytest.mark.parametrize("kind", ["quote", "order", "invoice"])
def test_a_line_takes_the_price_of_the_list(seller: User, kind: str) -> None:
    frame, paper = product(), document(seller, kind)
    assert rules(write(seller, line(seller, paper, frame))) == []
    for price in ("99.99 EUR", "100.01 EUR", "100 PLN"):
        refused = write(seller, line(seller, paper, frame, unit_price=price))
        assert rules(refused) == [("procedure", LIST)], price
    assert Record.unscoped.filter(type="document_line").count() == 1


def test_the_message_is_in_each_language(seller: User) -> None:
    found = live().sections["procedures"]
    assert all(set(each.messages) == {"en", "ro", "el", "pl"} for each in found.values())


@pytest.mark.parametrize(
    ("validity", "refused"),
    [
        ({"valid_from": 0, "valid_to": 0}, False),
        ({"valid_from": 1}, True),
        ({"valid_to": -1}, True),
        ({}, False),
    ],
)
def test_the_price_is_valid_on_the_day_of_the_document(
    seller: User, validity: dict[str, int], refused: bool
) -> None:
    frame = product(**{key: days(count) for key, count in validity.items()})
    outcome = write(seller, line(seller, document(seller), frame))
    assert rules(outcome) == ([("procedure", LIST)] if refused else [])


def test_a_price_is_not_changed_afterwards_either(seller: User) -> None:
    frame = product()
    made = write(seller, line(seller, document(seller), frame))
    cheaper = Change("change", id=made.id, values={"unit_price": "1 EUR"})
    assert rules(write(seller, cheaper)) == [("procedure", LIST)]


def test_what_was_offered_stays_when_the_list_changes(seller: User) -> None:
    frame = product()
    made = write(seller, line(seller, document(seller), frame))
    dearer = Change("change", id=frame, values={"price": "120 EUR"})
    services.execute_or_raise([dearer], access=Access.system(), channel="system")
    assert rules(write(seller, Change("change", id=made.id, values={"quantity": "3"}))) == []


def test_what_is_invoiced_from_an_order_keeps_its_price(seller: User) -> None:
    frame, order = product(), document(seller, "order")
    invoice = document(seller, "invoice", order=order)
    assert rules(write(seller, line(seller, invoice, frame, unit_price="90 EUR"))) == []


def test_it_is_not_about_what_has_no_price(seller: User) -> None:
    paper, free = document(seller), create("product", name="By agreement")
    for each in (free, None):
        assert rules(write(seller, line(seller, paper, each, unit_price="7 EUR"))) == []


def test_another_price_of_the_list_is_explained(seller: User) -> None:
    frame, paper = product(), document(seller)
    special(frame, valid_from=days(-1), valid_to=days(1))
    warned = write(seller, line(seller, paper, frame, unit_price="88 EUR"))
    assert rules(warned) == [("acknowledge", SPECIAL)]
    partner = line(seller, paper, frame, unit_price="88 EUR", reasons={SPECIAL: "Partners"})
    assert rules(write(seller, partner)) == []
    assert Acknowledgement.objects.get().reason == "Partners"
    assert rules(write(seller, line(seller, paper, frame))) == []


@pytest.mark.parametrize("validity", [{"valid_from": 1}, {"valid_to": -1}])
def test_another_price_that_is_not_valid_today_is_none(
    seller: User, validity: dict[str, int]
) -> None:
    frame = product()
    special(frame, **{key: days(count) for key, count in validity.items()})
    change = line(seller, document(seller), frame, unit_price="88 EUR")
    assert rules(write(seller, change)) == [("procedure", LIST)]


def test_a_discount_above_the_limit_waits_for_a_manager(seller: User) -> None:
    boss = join(person("boss"), "manager", Team.objects.get(), lead=True)
    frame, paper = product(), document(seller)
    assert rules(write(seller, line(seller, paper, frame, discount="15"))) == []
    high = line(seller, paper, frame, discount="15.1")
    assert rules(write(seller, high)) == [("needs_approval", DISCOUNT)]
    asked = request(high, access=Access.of(seller), comment="A large order")
    assert not Record.unscoped.filter(type="document_line", data__discount=TENTHS).exists()
    assert may_decide(asked) == {boss}
    decided = decide(asked, access=Access.of(boss), verdict="yes")
    assert decided.state == ApprovalRequest.State.APPROVED
    kept = Record.unscoped.filter(type="document_line").order_by("-pk").first()
    assert kept is not None and kept.data["discount"] == TENTHS


def may_decide(asked: ApprovalRequest) -> set[User]:
    return {vote.user for step in asked.steps.all() for vote in step.votes.all()}


def test_one_asked_for_by_the_only_manager_goes_to_an_administrator(seller: User) -> None:
    boss = join(person("boss"), "manager", Team.objects.get(), lead=True)
    chief = join(person("chief"), "administrator")
    high = line(boss, document(boss), product(), discount="50")
    assert may_decide(request(high, access=Access.of(boss))) == {chief}


def test_a_price_outside_the_list_is_not_approved_along(seller: User) -> None:
    join(person("boss"), "manager", Team.objects.get(), lead=True)
    high = line(seller, document(seller), product(), discount="50", unit_price="1 EUR")
    assert {rule for _code, rule in rules(write(seller, high))} == {LIST, DISCOUNT}
    with pytest.raises(Refused):
        request(high, access=Access.of(seller))


def test_other_changes_of_an_approved_line_need_no_further_word(seller: User) -> None:
    made = create_line(seller)
    change = Change("change", id=made, values={"description": "Frames"})
    assert rules(write(seller, change)) == []
    lower = Change("change", id=made, values={"discount": "10"})
    assert rules(write(seller, lower)) == []


def create_line(seller: User) -> int:
    """With a discount that was approved."""
    change = replace(
        line(seller, document(seller), product(), discount="30"), waived=frozenset({DISCOUNT})
    )
    made = write(seller, change)
    assert made.ok and made.id is not None
    return made.id


def test_no_more_is_invoiced_than_is_in_stock(seller: User) -> None:
    frame, paper = product(stock=3), document(seller, "invoice")
    much = line(seller, paper, frame, quantity="3.5")
    assert rules(write(seller, much)) == [("procedure", STOCK)]
    made = write(seller, line(seller, paper, frame, quantity="3"))
    assert rules(made) == []
    more = Change("change", id=made.id, values={"quantity": "4"})
    assert rules(write(seller, more)) == [("procedure", STOCK)]


@pytest.mark.parametrize("kind", ["quote", "order"])
def test_what_is_not_invoiced_may_still_arrive(seller: User, kind: str) -> None:
    paper = document(seller, kind)
    assert rules(write(seller, line(seller, paper, product(stock=0), quantity="9"))) == []


def test_what_is_not_counted_is_never_out_of_stock(seller: User) -> None:
    paper = document(seller, "invoice")
    assert rules(write(seller, line(seller, paper, product(), quantity="900"))) == []


def test_an_invoiced_line_is_not_held_by_what_was_sold_since(seller: User) -> None:
    frame, paper = product(stock=3), document(seller, "invoice")
    made = write(seller, line(seller, paper, frame, quantity="3"))
    sold = Change("change", id=frame, values={"stock": 0})
    services.execute_or_raise([sold], access=Access.system(), channel="system")
    named = Change("change", id=made.id, values={"description": "Frames"})
    assert rules(write(seller, named)) == []
