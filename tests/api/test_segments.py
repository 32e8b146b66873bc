"""Segments as programs learn and use them."""

import pytest

from jobs.services import run_pending
from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.crm_config.segments import HIGH_MARGIN, IT, publish, segment
from tests.kept import kept
from tests.records.segments import change

pytestmark = pytest.mark.django_db


@kept
def world(cast: Cast) -> dict[str, int]:
    publish(
        segment("it", IT, description={"en": "Computers"}),
        segment("rich", HIGH_MARGIN, roles=["sales"]),
        segment("secret", HIGH_MARGIN),
        segment("vip", kind="static"),
        segment("deals", kind="static", of="deal"),
    )
    mine = {"owner": cast.owner.pk, "team": cast.north.pk}
    ids = {
        "it": create("organisation", name="Computers", sector="it", margin=80, **mine),
        "shop": create("organisation", name="Shop", sector="retail", **mine),
        "theirs": create("organisation", name="Theirs", sector="it", owner=cast.stranger.pk),
    }
    change("vip", "add", ids["shop"], user=cast.owner)
    run_pending()
    return ids


def test_the_segments_are_those_that_one_may_use(cast: Cast, world: dict[str, int]) -> None:
    body = program_of(cast.owner).get("segments").body
    assert [s["key"] for s in body["segments"]] == ["deals", "it", "rich", "vip"]
    found = {s["key"]: s for s in body["segments"]}
    assert found["it"] == {
        "key": "it",
        "label": "It",
        "description": "Computers",
        "type": "organisation",
        "kind": "dynamic",
        "where": IT,
        "may_keep": False,
        "counted": None,
        "url": "/api/v1/segments/it",
        "records": "/api/v1/records/organisation?segment=it",
    }
    assert found["rich"]["where"] is None and found["vip"]["may_keep"]
    assert "margin" not in str(body)


def test_those_of_one_type(cast: Cast, world: dict[str, int]) -> None:
    program = program_of(cast.owner)
    assert [s["key"] for s in program.get("segments", type="deal").body["segments"]] == ["deals"]
    assert program.get("segments", type="nothing").status == 404


def test_a_count_is_of_what_one_sees(cast: Cast, world: dict[str, int]) -> None:
    mine = program_of(cast.owner).get("segments/it", count="exact").body
    assert mine["count"] == {"number": 1, "capped": False} and mine["counted"] is None
    whole = program_of(cast.administrator).get("segments/it").body
    assert whole["count"]["number"] == 2 and whole["counted"]["number"] == 2
    assert program_of(cast.owner).get("segments/it", count="none").body["count"] is None


@pytest.mark.parametrize("key", ["secret", "nothing"])
def test_what_is_not_for_somebody_is_not_there(cast: Cast, world: dict[str, int], key: str) -> None:
    program = program_of(cast.owner)
    assert program.get(f"segments/{key}").status == 404
    answer = program.get("records/organisation", segment=key)
    assert answer.status == 422
    assert answer.body["errors"] == [
        {
            "code": "segment",
            "message": f"There is no segment “{key}”.",
            "place": "query.segment",
        }
    ]


def test_a_list_is_limited_to_a_segment(cast: Cast, world: dict[str, int]) -> None:
    program = program_of(cast.owner)

    def ids(**query: str) -> list[int]:
        answer = program.get("records/organisation", **query)
        return [record["id"] for record in answer.body["records"]]

    assert ids(segment="it") == [world["it"]]
    assert ids(segment="vip", where='{"segment":"it"}') == []
    assert ids(where='{"not":{"segment":"it"}}') == [world["shop"]]
    assert ids(segment="rich") == [world["it"]]
    assert program.get("records/organisation", segment="deals").status == 422


def test_a_token_for_another_type_reaches_no_segment(cast: Cast, world: dict[str, int]) -> None:
    program = program_of(cast.owner, "read:deal")
    assert [s["key"] for s in program.get("segments").body["segments"]] == ["deals"]
    assert program.get("segments/it").status == 404
