"""The screens of approvals: what waits for one, one request, and that nobody else sees either."""

import pytest
from django.test import Client
from django.urls import reverse

from crm_config.models import User
from tests.cast import Cast
from tests.kept import kept
from tests.workflows.approvals.asking import ask, deal, setting, winning
from workflows.models import ApprovalRequest


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@kept
def asked(cast: Cast) -> ApprovalRequest:
    setting()
    return ask(winning(deal(cast, team=cast.north.pk)), cast.owner)


def page(asked: ApprovalRequest) -> str:
    return reverse("approvals:request", args=[asked.pk])


def test_who_is_asked_finds_it_and_approves(cast: Cast, asked: ApprovalRequest) -> None:
    client = client_of(cast.manager)
    assert page(asked) in client.get(reverse("approvals:list")).content.decode()
    assert page(asked) in client.get(reverse("wagtailadmin_home")).content.decode()
    shown = client.get(page(asked)).content.decode()
    assert "Won" in shown and "Please." in shown
    client.post(page(asked), {"verdict": "yes", "comment": ""})
    asked.refresh_from_db()
    assert asked.state == "approved"


def test_who_refuses_says_why(cast: Cast, asked: ApprovalRequest) -> None:
    client = client_of(cast.manager)
    told = client.post(page(asked), {"verdict": "no", "comment": ""}).content.decode()
    assert "Say why you refuse." in told
    client.post(page(asked), {"verdict": "no", "comment": "Too early."})
    asked.refresh_from_db()
    assert asked.state == "refused"


def test_whoever_asked_sees_it_and_takes_it_back(cast: Cast, asked: ApprovalRequest) -> None:
    client = client_of(cast.owner)
    assert page(asked) in client.get(reverse("approvals:list")).content.decode()
    held = client.get(reverse("records:record", args=[asked.record_id])).content.decode()
    assert "It waits for Manager." in held and page(asked) in held
    client.post(reverse("approvals:withdraw", args=[asked.pk]))
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


@pytest.mark.parametrize("name", ["stranger", "teammate"])
def test_for_others_it_is_not_there(cast: Cast, asked: ApprovalRequest, name: str) -> None:
    client = client_of(cast.everyone()[name])
    assert page(asked) not in client.get(reverse("approvals:list")).content.decode()
    assert client.get(page(asked)).status_code == 404
    assert client.post(page(asked), {"verdict": "yes"}).status_code == 404
    assert client.post(reverse("approvals:withdraw", args=[asked.pk])).status_code == 404
    asked.refresh_from_db()
    assert asked.state == "waiting"


def test_who_is_asked_but_may_not_see_the_record_reads_none_of_it(cast: Cast) -> None:
    setting(steps=[{"key": "a", "approvers": [{"user": "stranger"}]}])
    asked = ask(winning(deal(cast, amount="987654 EUR")), cast.owner)
    shown = client_of(cast.stranger).get(page(asked)).content.decode()
    assert "You may not see this record." in shown
    main = shown.partition("<main")[2]
    assert "987654" not in main and "987,654" not in main and "What would change<" in main
