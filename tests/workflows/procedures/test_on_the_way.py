"""Warnings on the screens and in the API: one goes on by giving a reason, and loses nothing typed."""

import json

from django.test import Client
from django.urls import reverse

from records.access import Access
from records.models import Event, Record
from tests.cast import Cast, create
from tests.workflows.procedures.rules import procedure, process, publish
from workflows.approvals.services import decide
from workflows.models import Acknowledgement, ApprovalRequest

RULE = "procedures:dated"


def client_of(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def test_a_new_record_on_its_form(cast: Cast) -> None:
    publish(procedure(mode="warn"))
    url = reverse("records:new", args=["deal"])
    typed = {"f-name": "Typed", "f-won": "on"}
    told = client_of(cast).post(url, typed).content.decode()
    assert f'name="acknowledge:{RULE}"' in told and "Typed" in told
    assert not Record.unscoped.exists()
    client_of(cast).post(url, {**typed, f"acknowledge:{RULE}": "The date follows."})
    assert Record.unscoped.get().title == "Typed"
    assert Acknowledgement.objects.get().reason == "The date follows."
    assert Event.objects.get().reason == "The date follows."


def test_one_field_in_place(cast: Cast) -> None:
    deal = create("deal", cast.owner, name="D")
    publish(procedure(mode="warn"))
    url = reverse("records:field", args=[deal, "won"])
    told = client_of(cast).post(url, {"f-won": "on"}).content.decode()
    assert f'name="acknowledge:{RULE}"' in told
    client_of(cast).post(url, {"f-won": "on", f"acknowledge:{RULE}": "It follows."})
    assert Record.unscoped.get(pk=deal).data["won"] is True


def test_the_api_takes_reasons(cast: Cast) -> None:
    publish(procedure(mode="warn"))
    client, url = client_of(cast), reverse("api:create", args=["deal"])
    body = {"fields": {"name": "D", "won": True}}

    def post(said: object) -> int:
        answer = client.post(url, json.dumps(said), content_type="application/json")
        return answer.status_code

    assert post(body) == 422
    assert post({**body, "acknowledge": {RULE: "It follows."}}) == 201
    assert Acknowledgement.objects.get().reason == "It follows."


def test_approval_is_asked_for_on_the_form(cast: Cast) -> None:
    publish(procedure(mode="approve", approval="boss"), approvals=[process()])
    url = reverse("records:new", args=["deal"])
    typed = {"f-name": "Typed", "f-won": "on"}
    told = client_of(cast).post(url, typed).content.decode()
    assert 'name="ask_approval"' in told and "Typed" in told
    asking = {**typed, "ask_approval": "1", "approval_comment": "Please."}
    answer = client_of(cast).post(url, asking)
    asked = ApprovalRequest.objects.get()
    assert answer.headers["Location"] == reverse("approvals:request", args=[asked.pk])
    assert asked.comment == "Please." and not Record.unscoped.exists()
    decide(asked, access=Access.of(cast.manager), verdict="yes")
    assert Record.unscoped.get().title == "Typed"


def test_approval_of_a_change_is_asked_for_on_the_form(cast: Cast) -> None:
    deal = create("deal", cast.owner, name="D", close_date="2026-01-02", amount="10 EUR")
    publish(procedure(mode="approve", approval="boss"), approvals=[process()])
    url = reverse("records:edit", args=[deal])
    typed = {"f-name": "Typed", "f-won": "on", "f-close_date": "2026-01-02", "ask_approval": "1"}
    client_of(cast).post(url, {**typed, "f-close_date": ""})
    asked = ApprovalRequest.objects.get()
    assert Record.unscoped.get(pk=deal).title == "D"
    decide(asked, access=Access.of(cast.manager), verdict="yes")
    record = Record.unscoped.get(pk=deal)
    assert record.title == "Typed" and "close_date" not in record.data
