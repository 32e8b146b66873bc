"""Reasons and approval are asked for where people are: archiving, editing many, moving on a board, importing."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jobs.models import Job
from jobs.services import run_pending
from records import bulk
from records.access import Access
from records.forms.reasons import REASON
from records.imports import mapping
from records.imports import services as imports
from records.models import Event, ImportChunk, Record
from records.selection import Selection
from tests.cast import Cast, create
from tests.workflows.pipelines import world as pipelines
from tests.workflows.procedures.rules import procedure, process, publish
from workflows.models import Acknowledgement, ApprovalRequest

pytestmark = pytest.mark.django_db
RULE = "procedures:dated"
WHY = {f"{REASON}{RULE}": "It is urgent."}


def of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def removal(mode: str, **more: Any) -> None:
    approvals = [process()] if mode == "approve" else []
    rule = procedure(mode=mode, moments=["delete"], when=None, **more)
    publish(rule, approvals=approvals)


def winning(mode: str) -> None:
    more = {"approval": "boss"} if mode == "approve" else {}
    publish(procedure(mode=mode, **more), approvals=[process()])


def test_archiving_asks_for_a_reason_and_keeps_it(cast: Cast) -> None:
    removal("warn")
    pk = create("deal", cast.administrator, name="A")
    client, url = of(cast.administrator), reverse("records:archive", args=[pk])
    asked = client.post(url)
    assert asked.status_code == 200 and f'name="{REASON}{RULE}"' in asked.content.decode()
    assert client.post(url, {f"{REASON}{RULE}": " "}).status_code == 200
    assert Record.unscoped.get(pk=pk).archived_at is None
    assert client.post(url, WHY).status_code == 302
    assert Record.unscoped.get(pk=pk).archived_at is not None
    assert Acknowledgement.objects.get().reason == "It is urgent."
    assert Event.objects.filter(record_id=pk).latest("id").reason == "It is urgent."


def test_archiving_asks_for_approval(cast: Cast) -> None:
    removal("approve", approval="boss")
    pk = create("deal", cast.administrator, name="A")
    client, url = of(cast.administrator), reverse("records:archive", args=[pk])
    assert 'name="ask_approval"' in client.post(url).content.decode()
    answer = client.post(url, {"ask_approval": "1", "approval_comment": "Old."})
    asked = ApprovalRequest.objects.get()
    assert answer.url == reverse("approvals:request", args=[asked.pk])
    assert (asked.change["action"], asked.comment, asked.record_id) == ("archive", "Old.", pk)


def edit(ids: list[int], **more: Any) -> dict[str, Any]:
    return {"do": "edit", "ids": ids, "field": ["won"], "f-won": "on", **more}


def test_editing_many_asks_for_reasons_in_place(cast: Cast) -> None:
    winning("warn")
    ids = [create("deal", cast.administrator, name=name) for name in "AB"]
    dated = create("deal", cast.administrator, name="C", close_date="2026-12-01")
    client, url = of(cast.administrator), reverse("records:bulk", args=["deal"])
    look = client.post(url, edit([*ids, dated], preview="1"))
    found = look.context["preview"]
    assert (found.fine, [w.rule for w in found.warnings]) == (1, [RULE])
    again = client.post(url, edit([*ids, dated], preview="1", **WHY))
    assert (again.context["preview"].fine, again.context["preview"].warnings) == (3, [])
    assert "It is urgent." in again.content.decode()
    client.post(url, edit([*ids, dated], run="1", **WHY))
    assert Record.unscoped.filter(data__won=True).count() == 3
    assert sorted(a.record_id for a in Acknowledgement.objects.all()) == ids


def test_editing_many_asks_for_approval_where_only_that_is_missing(cast: Cast) -> None:
    winning("approve")
    ids = [create("deal", cast.owner, name=name) for name in "AB"]
    dated = create("deal", cast.owner, name="C", close_date="2026-12-01")
    client, url = of(cast.owner), reverse("records:bulk", args=["deal"])
    look = client.post(url, edit([*ids, dated], preview="1"))
    assert look.context["preview"].approving == 2
    client.post(url, edit([*ids, dated], run="1"))
    assert not ApprovalRequest.objects.exists()
    assert Job.objects.filter(kind=bulk.KIND).latest("id").result["refused"] == 2
    given = {"ask_approval": "1", "approval_comment": "All of them, please."}
    page = client.post(url, edit(ids, run="1", **given), follow=True).content.decode()
    assert sorted(a.record_id for a in ApprovalRequest.objects.all()) == ids
    result = Job.objects.filter(kind=bulk.KIND).latest("id").result
    assert (result["asked"], result["refused"], result["changed"]) == (2, 0, 0)
    assert "For 2 records approval was asked for" in page


def test_approval_is_not_asked_for_hundreds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_ASKED", 1)
    winning("approve")
    ids = tuple(create("deal", cast.owner, name=name) for name in "AB")
    job = bulk.start(
        Selection("deal", ids=ids), "change", {"won": True}, access=Access.of(cast.owner), ask=""
    )
    assert ApprovalRequest.objects.count() == 1 and job.result["refused"] == 1


def test_archiving_many_asks_too(cast: Cast) -> None:
    removal("warn")
    ids = [create("deal", cast.administrator, name=name) for name in "AB"]
    client, url = of(cast.administrator), reverse("records:bulk", args=["deal"])
    look = client.post(url, {"do": "archive", "ids": ids})
    assert f'name="{REASON}{RULE}"' in look.content.decode()
    client.post(url, {"do": "archive", "ids": ids, "run": "1", **WHY})
    assert Record.unscoped.filter(archived_at=None, type="deal").count() == 0


def offered(cast: Cast) -> int:
    pk = create("deal", cast.owner, name="Roof", amount="5 EUR")
    assert pipelines.move(pk, "offer", cast.owner).ok
    return pk


def test_a_move_asks_for_a_reason_and_for_approval(cast: Cast) -> None:
    moving = {"moments": ["transition"], "when": None, "must": {"field": "won", "op": "is_true"}}
    pipelines.publish()
    pk, other = offered(cast), offered(cast)
    pipelines.publish(procedures=[procedure(mode="warn", **moving)])
    client, url = of(cast.owner), reverse("pipelines:move", args=[pk]) + "?stage=review"
    asked = client.post(url, {"stage": "review"})
    assert f'name="{REASON}{RULE}"' in asked.content.decode() and pipelines.stage_of(pk) == "offer"
    assert client.post(url, {"stage": "review", **WHY}).status_code == 302
    assert pipelines.stage_of(pk) == "review"
    rule = procedure(mode="approve", approval="boss", **moving)
    pipelines.publish(procedures=[rule], approvals=[process()])
    on = reverse("pipelines:move", args=[other]) + "?stage=review&from=board"
    assert 'name="ask_approval"' in client.post(on, {"stage": "review"}).content.decode()
    client.post(on, {"stage": "review", "ask_approval": "1"})
    assert ApprovalRequest.objects.get().record_id == other
    assert pipelines.stage_of(other) == "offer"


@pytest.mark.parametrize(
    ("mode", "how"),
    [("warn", "An import cannot give a reason"), ("approve", "An import cannot ask others")],
)
def test_a_row_is_told_how_to_do_what_an_import_cannot(
    cast: Cast, mode: str, how: str, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    winning(mode)
    columns = [{"column": "Name", "field": "name"}, {"column": "Won", "field": "won"}]
    run = imports.begin(
        access=Access.of(cast.administrator),
        name="deals.csv",
        content=b"Name,Won\nImported,true\n",
        type_key="deal",
        mapping=mapping.load({"format": 1, "type": "deal", "columns": columns}),
    )
    imports.try_out(run)
    run_pending()
    told = str(list(ImportChunk.objects.filter(run=run).values()))
    assert how in told
