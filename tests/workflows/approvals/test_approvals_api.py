"""Approvals over the API: asked for, listed, decided, and shown as far as each may see."""

from typing import Any

import pytest

from records.models import Record
from tests.api.conftest import Answer, Program, program_of
from tests.cast import Cast
from tests.workflows.approvals.asking import ask, deal, setting, winning
from tests.workflows.procedures.rules import procedure, publish

pytestmark = pytest.mark.django_db


def asking(program: Program, pk: int, **more: Any) -> Answer:
    body = {"type": "deal", "id": pk, "fields": {"won": True}, "comment": "Please.", **more}
    return program.post("approvals", body)


def won(pk: int) -> bool:
    return bool(Record.unscoped.get(pk=pk).data.get("won"))


def test_what_needs_approval_says_so_and_is_asked_for(cast: Cast) -> None:
    setting()
    pk = deal(cast)
    program = program_of(cast.owner)
    refused = program.patch(f"records/deal/{pk}", {"won": True}, 1)
    assert refused.status == 422 and refused.codes() == {("needs_approval", None)}
    assert refused.body["errors"][0]["rule"] == "procedures:dated"
    made = asking(program, pk)
    assert made.status == 201, made.body
    told = made.body
    assert (told["state"], told["record"], told["title"]) == ("waiting", pk, "D")
    assert (told["people"], told["may_decide"], told["may_withdraw"]) == ("Manager", False, True)
    assert told["changes"] == [{"field": "won", "label": "Won", "before": None, "after": True}]
    held = program.patch(f"records/deal/{pk}", {"name": "E"}, 1)
    assert (held.status, held.code) == (409, "held")
    assert [a["id"] for a in program.get("approvals", which="asked").body["approvals"]] == [
        told["id"]
    ]


def test_who_is_asked_decides(cast: Cast) -> None:
    setting()
    pk = deal(cast)
    asked = ask(winning(pk), cast.owner)
    boss = program_of(cast.manager)
    [waiting] = boss.get("approvals").body["approvals"]
    assert (waiting["id"], waiting["comment"], waiting["requester"]["name"]) == (
        asked.pk,
        "Please.",
        "Owner",
    )
    silent = boss.post(f"approvals/{asked.pk}/decide", {"verdict": "no"})
    assert silent.status == 422 and not won(pk)
    done = boss.post(
        f"approvals/{asked.pk}/decide", {"verdict": "yes", "comment": "Fine."}, Idempotency_Key="a"
    )
    assert (done.status, done.body["state"], won(pk)) == (200, "approved", True)
    assert done.body["steps"][0]["votes"][0]["comment"] == "Fine."
    again = boss.post(
        f"approvals/{asked.pk}/decide", {"verdict": "yes", "comment": "Fine."}, Idempotency_Key="a"
    )
    assert again.headers["Idempotency-Replayed"] == "true"
    late = boss.post(f"approvals/{asked.pk}/decide", {"verdict": "yes"})
    assert (late.status, late.code) == (409, "held")
    assert boss.get("approvals").body["approvals"] == []
    assert len(boss.get("approvals", which="ended").body["approvals"]) == 1


def test_whoever_asked_takes_it_back_and_decides_nothing(cast: Cast) -> None:
    setting()
    pk = deal(cast)
    asked = ask(winning(pk), cast.owner)
    program = program_of(cast.owner)
    refused = program.post(f"approvals/{asked.pk}/decide", {"verdict": "yes"})
    assert (refused.status, refused.code) == (403, "forbidden")
    boss = program_of(cast.manager).post(f"approvals/{asked.pk}/withdraw")
    assert (boss.status, boss.code) == (403, "forbidden")
    assert program.post(f"approvals/{asked.pk}/withdraw").body["state"] == "withdrawn"
    assert program.patch(f"records/deal/{pk}", {"name": "E"}, 1).status == 200


def test_others_do_not_learn_of_it(cast: Cast) -> None:
    setting()
    pk = deal(cast)
    asked = ask(winning(pk), cast.owner)
    for user in (cast.stranger, cast.outsider):
        program = program_of(user)
        assert program.get(f"approvals/{asked.pk}").status == 404
        assert program.post(f"approvals/{asked.pk}/decide", {"verdict": "yes"}).status == 404
        assert program.post(f"approvals/{asked.pk}/withdraw").status == 404
        assert program.get(f"records/deal/{pk}/approvals").status == 404
        assert program.get("approvals", which="ended").body["approvals"] == []
    elsewhere = program_of(cast.manager, "write:person")
    assert elsewhere.get(f"approvals/{asked.pk}").status == 404
    assert elsewhere.get("approvals").body["approvals"] == []
    reader = program_of(cast.manager, "read")
    assert reader.get(f"approvals/{asked.pk}").status == 200
    refused = reader.post(f"approvals/{asked.pk}/decide", {"verdict": "yes"})
    assert (refused.code, won(pk)) == ("scope_missing", False)


def test_those_of_a_record(cast: Cast) -> None:
    setting()
    pk = deal(cast)
    asked = ask(winning(pk), cast.owner)
    [told] = program_of(cast.owner).get(f"records/deal/{pk}/approvals").body["approvals"]
    assert (told["id"], told["comment"]) == (asked.pk, "Please.")


def test_what_nobody_has_to_approve_is_not_asked_for(cast: Cast) -> None:
    publish(procedure())
    pk = deal(cast)
    program = program_of(cast.owner)
    refused = asking(program, pk)
    assert refused.status == 422 and refused.codes() == {("procedure", None)}
    nothing = asking(program, pk, fields={"name": "E"})
    assert (nothing.status, nothing.code) == (403, "forbidden")


def test_a_new_record_waits_too(cast: Cast) -> None:
    setting()
    program = program_of(cast.owner)
    made = asking(program, 0, action="create", id=None, fields={"name": "N", "won": True})
    assert (made.status, made.body["record"], made.body["action"]) == (201, None, "create")
    address = f"approvals/{made.body['id']}"
    done = program_of(cast.manager).post(f"{address}/decide", {"verdict": "yes"})
    assert (done.body["state"], done.body["title"]) == ("approved", "N")
    Record.unscoped.update(team=None, owner=cast.stranger)
    unseen = program_of(cast.manager).get(address).body
    assert (unseen["record"], unseen["title"], unseen["hidden"]) == (None, "", True)


@pytest.mark.parametrize("number", [1, 12])
def test_the_number_of_queries_does_not_grow(
    cast: Cast, django_assert_max_num_queries: Any, number: int
) -> None:
    setting()
    for _each in range(number):
        ask(winning(deal(cast)), cast.owner)
    program = program_of(cast.manager)
    program.get("me")
    with django_assert_max_num_queries(9):
        assert len(program.get("approvals").body["approvals"]) == number
