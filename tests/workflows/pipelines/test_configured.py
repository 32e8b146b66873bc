"""Pipelines in the configuration: what is checked, what refers to what, what a change-set says."""

from typing import Any

import pytest

from crm_config import payload, publication
from crm_config.compiler import Draft
from crm_config.live import live, numbers
from crm_config.models import ConfigSnapshot
from crm_config.references import where_used
from crm_config.schema import check_shape
from tests import company as small
from tests.crm_config.studio import sentences
from tests.workflows.pipelines import world
from tests.workflows.pipelines.world import STAGES, TRANSITIONS, pipeline, publish
from workflows.models import Pipeline
from workflows.pipelines import working_copy as changing
from workflows.pipelines.live import pipelines_of

pytestmark = pytest.mark.django_db


def problems(*pipelines: dict[str, Any]) -> list[str]:
    raw = world.company(*pipelines)
    assert check_shape(raw) == []
    return [p.message for p in publication.check(raw)]


def test_what_is_loaded_is_dumped_again(company: ConfigSnapshot) -> None:
    raw = pipeline(no_skip=True, anywhere_by_import=False, description={"en": "How we sell"})
    publish(raw)
    assert payload.dump()["pipelines"] == [raw]
    payload.load({"format": 1, "pipelines": []}, replace=True)
    assert "pipelines" not in payload.dump()


def test_a_type_with_a_pipeline_has_its_stage_as_a_field(company: ConfigSnapshot) -> None:
    publish()
    fields = live().types["deal"].system
    assert [o.key for o in fields["stage"].choices] == [s["key"] for s in STAGES]
    assert fields["stage"].editable and not fields["stage_entered_at"].editable
    assert "stage" not in live().types["organisation"].system
    raw = world.company(pipeline(retired=True))
    next(t for t in raw["record_types"] if t["key"] == "deal")["columns"].remove("stage")
    small.publish(company=raw)
    assert "stage" not in live().types["deal"].system and pipelines_of(live(), "deal") == ()


def test_the_last_pipeline_is_not_archived_while_something_shows_the_stage(
    company: ConfigSnapshot,
) -> None:
    assert problems(pipeline(retired=True)) == [
        "It is used by deal (columns), but is not there or is archived."
    ]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (pipeline(type="house"), "There is no record type “house”."),
        (pipeline(stages=[]), "It needs at least one stage that is in use."),
        (
            pipeline(stages=[*STAGES, {"key": "new"}]),
            "Two stages have this key.",
        ),
        (
            pipeline(stages=[{"key": "new", "entry": ["nope"]}], transitions=[]),
            "There is no field “nope”.",
        ),
        (
            pipeline(stages=[{"key": "new", "entry": ["created_at"]}], transitions=[]),
            "“Created” cannot be filled in.",
        ),
        (pipeline(transitions=[{"key": "t", "to": "nowhere"}]), "There is no stage “nowhere”."),
        (
            pipeline(transitions=[{"key": "t", "to": "new", "roles": ["pope"]}]),
            "There is no role “pope”.",
        ),
        (
            pipeline(stages=[{"key": "a", "retired": True, "moved_to": "z"}, {"key": "b"}]),
            "Its records are to go to a stage that is not in use.",
        ),
    ],
)
def test_what_is_wrong_is_said(company: ConfigSnapshot, raw: dict[str, Any], message: str) -> None:
    assert message in problems(raw)


def test_conditions_are_read_beforehand(company: ConfigSnapshot) -> None:
    odd = {"field": "colour", "op": "is_set"}
    guarded = pipeline(transitions=[{"key": "t", "to": "new", "guard": odd}])
    assert any("There is no field “colour”" in message for message in problems(guarded))
    assert any("There is no field “colour”" in m for m in problems(pipeline(condition=odd)))


def test_no_two_pipelines_of_a_type_share_a_stage(company: ConfigSnapshot) -> None:
    other = pipeline(key="other", transitions=[], stages=[{"key": "new"}])
    assert problems(pipeline(), other) == ["Another pipeline of the type has a stage “new” too."]


def test_what_a_pipeline_uses_knows_it(company: ConfigSnapshot) -> None:
    draft = Draft(world.company(), numbers())
    for target in (
        ("record_types", "deal", "fields", "amount"),
        ("record_types", "deal", "fields", "close_date"),
        ("roles", "manager"),
        ("record_types", "deal"),
    ):
        used = {r.source for r in where_used(target, draft)}
        assert ("pipelines", "deals") in used, target


def test_a_stage_that_a_segment_asks_for_is_missed(company: ConfigSnapshot) -> None:
    hot = {
        "key": "hot",
        "type": "deal",
        "labels": {"en": "Hot"},
        "condition": {"field": "stage", "op": "eq", "value": "review"},
    }
    raw = {**world.company(), "segments": [hot]}
    assert publication.check(raw) == []
    without = [s for s in STAGES if s["key"] != "review"]
    drawn = [t for t in TRANSITIONS if "review" not in (t["to"], *t.get("from", ()))]
    gone = {**raw, "pipelines": [pipeline(stages=without, transitions=drawn)]}
    assert any("hot" in p.path for p in publication.check(gone))


def test_the_change_set_tells_it_in_words(company: ConfigSnapshot) -> None:
    publish()
    row = Pipeline.objects.get(key="deals")
    changing.put(row, "stages", {"key": "call", "labels": {"en": "Call"}})
    changing.retire_stage(row, "review", moved_to="offer")
    changing.remove_transition(row, "losing")
    row.no_backward = True
    row.save()
    assert sentences() == [
        "Deals: The stage “Review” takes no more records.",
        "Deals: Records of the stage “Review” are to go to “offer”.",
        "Deals: The stage “Call” is added.",
        "Deals: The move “losing” is removed.",
        "Deals: Whether records may go back changes.",
    ]


def test_a_stage_goes_with_the_moves_that_need_it(company: ConfigSnapshot) -> None:
    publish()
    row = Pipeline.objects.get(key="deals")
    changing.remove_stage(row, "offer")
    assert [t["key"] for t in row.transitions] == ["winning", "losing"]
    assert row.transitions[0]["from"] == ["review"]
    changing.shift(row, "stages", "review", -1)
    assert [s["key"] for s in row.stages] == ["review", "new", "won", "lost"]
    assert publication.check(payload.dump()) == []


def test_a_version_that_is_rolled_back_brings_its_stages_back(company: ConfigSnapshot) -> None:
    publish()
    version = live().version
    publish(pipeline(stages=STAGES[:2], transitions=[]))
    publication.rollback(version, user=None, reason="back")
    assert [s.key for s in pipelines_of(live(), "deal")[0].stages] == [s["key"] for s in STAGES]
