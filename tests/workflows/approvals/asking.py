"""Asking and deciding, for tests."""

from typing import Any

from crm_config.models import User
from records.access import Access
from records.gate import Change
from tests.cast import Cast, create, join, person
from tests.workflows.procedures.rules import procedure, process, publish
from workflows.approvals import services
from workflows.models import ApprovalRequest

RULE = "procedures:dated"


def setting(**more: Any) -> None:
    """Deals that are won without a date: the boss must agree. Owners may change their deals."""
    publish(procedure(mode="approve", approval="boss"), approvals=[process(**more)])


def deal(cast: Cast, **values: Any) -> int:
    return create("deal", cast.owner, name="D", **values)


def winning(pk: int) -> Change:
    return Change("change", id=pk, values={"won": True})


def ask(change: Change, user: User, **more: Any) -> ApprovalRequest:
    return services.request(change, access=Access.of(user), comment="Please.", **more)


def say(
    asked: ApprovalRequest, user: User, verdict: str = "yes", comment: str = ""
) -> ApprovalRequest:
    return services.decide(asked, access=Access.of(user), verdict=verdict, comment=comment)


def second_manager(cast: Cast, name: str = "second") -> User:
    return join(person(name), "manager", cast.north.parent)
