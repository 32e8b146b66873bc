"""Moves over the API."""

import json

import pytest

from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.workflows.pipelines.world import move, publish, stage_of

KEYS = ["new", "offer", "review", "won", "lost"]

pytestmark = pytest.mark.django_db


def test_the_moves_of_a_record_and_what_they_ask_for(cast: Cast) -> None:
    publish()
    pk = create("deal", cast.owner, name="Roof")
    told = program_of(cast.owner).get(f"records/deal/{pk}/moves").body
    assert (told["pipeline"], told["stage"]) == ("deals", "new") and told["since"]
    assert told["moves"] == [
        {"stage": "offer", "label": "Offer", "asks": ["amount"], "needs": ["amount"], "why": []},
        {
            "stage": "lost",
            "label": "Lost",
            "asks": ["close_date"],
            "needs": ["close_date"],
            "why": [],
        },
    ]
    assert program_of(cast.stranger).get(f"records/deal/{pk}/moves").status == 404


def test_what_a_guard_says_is_told_beforehand(cast: Cast) -> None:
    publish()
    pk = create("deal", cast.manager, name="Small", amount="5 EUR")
    assert move(pk, "offer", cast.manager).ok
    told = program_of(cast.manager).get(f"records/deal/{pk}/moves").body
    [winning] = [m for m in told["moves"] if m["stage"] == "won"]
    assert winning["why"] == ["A deal below 100 is not worth it."] and stage_of(pk) == "offer"


def test_a_patch_of_the_stage_is_a_move(cast: Cast) -> None:
    publish()
    pk = create("deal", cast.owner, name="Roof")
    program = program_of(cast.owner)
    refused = program.patch(f"records/deal/{pk}", {"stage": "offer"}, 1)
    assert refused.codes() == {("missing_for_stage", "amount")} and stage_of(pk) == "new"
    done = program.patch(f"records/deal/{pk}", {"stage": "offer", "amount": "5 EUR"}, 1)
    assert done.status == 200 and stage_of(pk) == "offer"
    late = program.patch(f"records/deal/{pk}", {"stage": "lost", "close_date": "2026-11-01"}, 1)
    assert ("conflict", "stage") in late.codes() and stage_of(pk) == "offer"


def test_a_type_without_stages_has_no_moves(cast: Cast) -> None:
    publish()
    pk = create("organisation", cast.owner, name="Alpha")
    told = program_of(cast.owner).get(f"records/organisation/{pk}/moves").body
    assert told == {"pipeline": None, "stage": None, "since": None, "moves": []}


def test_the_schema_of_the_type_names_the_stages(cast: Cast) -> None:
    publish()
    program = program_of(cast.owner)
    told = program.get("types/deal/schema", purpose="change").body["properties"]["stage"]
    assert [each["enum"] for each in told["anyOf"] if "enum" in each] == [KEYS], told
    pk = create("deal", cast.owner, name="Roof")
    found = [
        [r["id"] for r in program.get("records/deal", where=where(stage)).body["records"]]
        for stage in ("new", "offer")
    ]
    assert found == [[pk], []]


def where(stage: str) -> str:
    return json.dumps({"field": "stage", "op": "eq", "value": stage})
