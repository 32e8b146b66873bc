"""Reasons for going past a warning, over the API: one record, acts, and batches."""

import pytest

from records.models import Event, Record
from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.workflows.procedures.rules import procedure, publish
from workflows.models import Acknowledgement

pytestmark = pytest.mark.django_db
RULE = "procedures:dated"
WHY = {RULE: "It is urgent."}


def test_the_rule_is_named_and_the_reason_kept(cast: Cast) -> None:
    publish(procedure(mode="warn"))
    program = program_of(cast.owner)
    refused = program.post("records/deal", {"fields": {"name": "D", "won": True}})
    assert refused.codes() == {("acknowledge", None)}
    assert refused.body["errors"][0]["rule"] == RULE
    made = program.post("records/deal", {"fields": {"name": "D", "won": True}, "acknowledge": WHY})
    assert made.status == 201
    kept = Acknowledgement.objects.get()
    assert (kept.record_id, kept.rule, kept.reason) == (made.body["id"], RULE, "It is urgent.")


def test_each_change_of_a_batch_gives_its_own(cast: Cast) -> None:
    publish(procedure(mode="warn"))
    first, second = (create("deal", cast.owner, name=name) for name in "AB")
    program = program_of(cast.owner)

    def change(pk: int, **more: object) -> dict[str, object]:
        return {"action": "change", "id": pk, "version": 1, "fields": {"won": True}, **more}

    changes = [change(first, acknowledge=WHY), change(second)]
    answer = program.post("records/deal/batch", {"changes": changes, "partial": True})
    one, other = answer.body["outcomes"]
    assert one["ok"] and not other["ok"]
    assert [(e["code"], e["rule"]) for e in other["errors"]] == [("acknowledge", RULE)]
    assert [a.record_id for a in Acknowledgement.objects.all()] == [first]


def test_archiving_takes_one_and_deleting_by_a_batch(cast: Cast) -> None:
    publish(procedure(mode="warn", moments=["delete"], when=None))
    pk = create("deal", cast.owner, name="A")
    program = program_of(cast.owner)
    refused = program.post(f"records/deal/{pk}/archive")
    assert refused.codes() == {("acknowledge", None)}
    done = program.post(f"records/deal/{pk}/archive", {"acknowledge": WHY, "reason": "Old."})
    assert done.status == 200 and done.body["archived"]
    assert Event.objects.filter(record_id=pk).latest("id").reason == "Old. It is urgent."
    assert program.post(f"records/deal/{pk}/restore", {"reason": "Back."}).status == 200
    gone = {"action": "delete", "id": pk, "acknowledge": WHY}
    assert program.post("records/deal/batch", {"changes": [gone]}).status == 200
    assert not Record.unscoped.filter(pk=pk).exists()
