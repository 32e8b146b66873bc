"""Segments in the configuration: what is checked, what refers to what, what a version says about them."""

from typing import Any

import pytest

from crm_config import payload, publication
from crm_config.compiler import Draft, compile_payload
from crm_config.live import live, numbers
from crm_config.models import ConfigSnapshot
from crm_config.references import dangling, where_used
from crm_config.segments import SegmentDef, segments_of
from tests.crm_config.segments import HIGH_MARGIN, IT, LARGE, payload_with, publish, segment
from tests.crm_config.studio import sentences

pytestmark = pytest.mark.django_db


def problems(*segments: Any, **more: Any) -> list[str]:
    return [p.message for p in publication.check({**payload_with(*segments), **more})]


def compiled(*segments: Any) -> dict[str, SegmentDef]:
    payload_ = payload_with(*segments)
    return dict(segments_of(compile_payload(payload_, version=1, numbers={})))


def test_a_published_segment_is_in_the_snapshot(company: ConfigSnapshot) -> None:
    publish(segment("it", IT, description={"en": "Computers"}, tracks=True, roles=["sales"]))
    found = segments_of(live())["it"]
    assert (found.label, found.about, found.kind) == ("It", "Computers", "dynamic")
    assert found.record_type is live().types["organisation"]
    assert found.condition == IT and found.tracks and found.roles == {"sales"}
    assert found.reads == {("organisation", "sector")} and found.reaches == {"organisation"}


def test_what_is_loaded_is_dumped_again(company: ConfigSnapshot) -> None:
    raw = [segment("it", IT, roles=["sales"]), segment("vip", kind="static", keepers=["manager"])]
    payload.load(payload_with(*raw), replace=True)
    assert payload.dump()["segments"] == raw
    payload.load({"format": 1, "segments": []}, replace=True)
    assert payload.dump()["segments"] == []


def test_a_segment_knows_what_it_reads_through_others() -> None:
    deals = {"related": "deals", "where": {"field": "won", "op": "is_true"}, "some": True}
    found = compiled(
        segment("both", {"all": [{"segment": "buyers"}, {"segment": "it"}]}),
        segment("buyers", {"all": [deals, HIGH_MARGIN]}),
        segment("it", IT),
    )["both"]
    assert found.uses == {"buyers", "it"}
    assert found.reaches == {"organisation", "deal"}
    assert found.reads == {
        ("organisation", "sector"),
        ("organisation", "margin"),
        ("deal", "won"),
        ("deal", "customer"),
    }


def test_what_every_record_has_is_read_too() -> None:
    found = compiled(segment("mine", {"field": "title", "op": "is_set"}))["mine"]
    assert found.reads == {("organisation", "title")}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (segment("x", IT, of="house"), "There is no record type “house”."),
        (segment("x"), "Give it a condition, or let it be kept by hand."),
        (segment("x", IT, kind="static"), "It is kept by hand: it can have no condition."),
        (segment("x", {"field": "colour", "op": "is_set"}), "field: There is no field “colour”."),
        (
            segment("x", {"field": "sector", "op": "eq", "value": "farming"}),
            "value: “farming” is not one of the options.",
        ),
        (segment("x", {"segment": "gone"}), "segment: There is no segment “gone”."),
        (
            segment("x", {"field": "owner", "op": "eq", "value": {"dynamic": "me"}}),
            "value.dynamic: “me” cannot be used here.",
        ),
        (segment("x", {"changed": "sector"}), "“changed” cannot be used here."),
    ],
)
def test_what_is_wrong_is_refused(company: ConfigSnapshot, raw: Any, message: str) -> None:
    assert message in problems(raw)


def test_relative_dates_may_be_used(company: ConfigSnapshot) -> None:
    fresh = {"field": "created_at", "op": "within", "value": {"last_days": 30}}
    since = {"field": "created_at", "op": "gte", "value": {"dynamic": "start_of_year"}}
    assert problems(segment("fresh", {"any": [fresh, since]})) == []


def test_a_circle_is_refused_with_the_way_round(company: ConfigSnapshot) -> None:
    found = problems(
        segment("a", {"any": [IT, {"segment": "b"}]}),
        segment("b", {"not": {"segment": "c"}}),
        segment("c", {"segment": "a"}),
        segment("d", {"segment": "d"}),
    )
    assert "It goes in a circle: A → B → C → A." in found
    assert "It goes in a circle: D → D." in found


def test_those_in_a_circle_hold_nobody_and_the_others_stand() -> None:
    found = compiled(
        segment("a", {"segment": "b"}), segment("b", {"segment": "a"}), segment("it", IT)
    )
    assert found["a"].broken and found["b"].broken and not found["it"].broken


def test_a_broken_one_is_not_there_for_others() -> None:
    found = compiled(
        segment("a", {"field": "gone", "op": "is_set"}), segment("b", {"segment": "a"})
    )
    assert "gone" in found["a"].broken and not found["b"].in_use


def test_a_segment_of_another_type_is_refused(company: ConfigSnapshot) -> None:
    found = problems(segment("it", IT), segment("x", {"segment": "it"}, of="deal"))
    assert "segment: This segment is about records of another type." in found


def test_a_role_that_is_not_there_is_refused(company: ConfigSnapshot) -> None:
    assert any("shared with" in each for each in problems(segment("it", IT, roles=["nobody"])))


def test_where_used_knows_fields_options_and_segments(company: ConfigSnapshot) -> None:
    draft = Draft(payload_with(segment("it", IT), segment("b", {"segment": "it"})), numbers())

    def users(*path: str) -> set[tuple[str, ...]]:
        return {r.source for r in where_used(path, draft)}

    assert ("segments", "it") in users("record_types", "organisation", "fields", "sector")
    option = ("record_types", "organisation", "fields", "sector", "choices", "it")
    assert users(*option) == {("segments", "it")}
    assert users("segments", "it") == {("segments", "b")}


def test_an_archived_segment_cannot_be_used(company: ConfigSnapshot) -> None:
    raw = [segment("it", IT, retired=True), segment("b", {"segment": "it"})]
    assert "segment: There is no segment “it”." in problems(*raw)
    assert [r.target for r in dangling(Draft(payload_with(*raw), numbers()))] == [
        ("segments", "it")
    ]


def test_an_archived_segment_may_rely_on_what_is_gone(company: ConfigSnapshot) -> None:
    assert problems(segment("old", LARGE, retired=True)) == []
    broken = {"field": "gone", "op": "is_set"}
    assert problems(segment("old", broken, retired=True)) == []


def test_an_archived_record_type_takes_its_segments_to_rest(company: ConfigSnapshot) -> None:
    raw = payload_with(segment("won", {"field": "won", "op": "is_true"}, of="deal"))
    raw["record_types"][2]["retired"] = True
    assert publication.check(raw) == []
    asking = {"related": "deals", "some": True}
    raw["segments"].append(segment("buyers", asking))
    assert publication.check(raw) != [], "another type's segment still asks about it"


def test_a_list_that_rights_depend_on_must_say_who_keeps_it(company: ConfigSnapshot) -> None:
    roles = payload_with()["roles"]
    roles[2]["grants"][0] |= {"condition": {"segment": "outer"}}
    raw = [segment("outer", {"segment": "vip"}), segment("vip", kind="static")]
    wanted = "Rights depend on it: say which roles may change its list."
    assert wanted in problems(*raw, roles=roles)
    raw[1]["keepers"] = ["manager"]
    assert wanted not in problems(*raw, roles=roles)


def test_a_change_is_told_in_words(company: ConfigSnapshot) -> None:
    publish(segment("it", IT), segment("gone", LARGE))
    changed = segment("it", {"all": [IT, LARGE]}, tracks=True, roles=["sales"])
    payload.load(payload_with(changed, segment("vip", kind="static")), replace=True)
    assert sorted(sentences()) == [
        "Gone: The segment is removed.",
        "It: From now on it keeps who entered and left.",
        "It: It is shared with “Sales”.",
        "It: Its condition becomes: “Sector is “It” and Headcount is at least 100”.",
        "Vip: The segment is added, of “Organisation”.",
    ]
