"""Which moves a pipeline has: for any pipeline, what it allows is what its drawing and switches say."""

from typing import Any

import hypothesis.strategies as st
from hypothesis import given, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.workflows.pipelines.world import pipeline
from workflows.pipelines.compiling import compiled
from workflows.pipelines.definitions import MEANINGS
from workflows.pipelines.machine import dead_ends, moves, unreachable, ways

KEYS = ["a", "b", "c", "d", "e"]


@st.composite
def pipelines(draw: Any) -> dict[str, Any]:
    keys = KEYS[: draw(st.integers(1, 5))]
    stages = [
        {"key": key, "meaning": draw(st.sampled_from(MEANINGS)), "start": draw(st.booleans())}
        for key in keys
    ]
    some = st.lists(st.sampled_from(keys), unique=True)
    transitions = [
        {"key": f"t{n}", "from": draw(some), "to": draw(st.sampled_from(keys))}
        for n in range(draw(st.integers(0, 6)))
    ]
    return pipeline(
        stages=stages,
        transitions=transitions,
        no_skip=draw(st.booleans()),
        no_backward=draw(st.booleans()),
    )


def test_moves_follow_the_drawing() -> None:
    deals = compiled(pipeline())
    assert [m.to.key for m in moves(deals, "new")] == ["offer", "lost"]
    assert [m.to.key for m in moves(deals, "offer")] == ["review", "won", "lost"]
    assert ways(deals, "new", "won") == "no_transition"
    assert dead_ends(deals) == [] and unreachable(deals) == []


def test_without_a_drawing_every_stage_can_be_reached() -> None:
    deals = compiled(pipeline(transitions=[]))
    assert [m.to.key for m in moves(deals, "review")] == ["new", "offer", "won", "lost"]


def test_switches_keep_records_from_going_back_and_from_skipping() -> None:
    deals = compiled(pipeline(transitions=[], no_skip=True, no_backward=True))
    assert ways(deals, "review", "new") == "no_backward"
    assert ways(deals, "new", "review") == "no_skip"
    assert [m.to.key for m in moves(deals, "new")] == ["offer", "lost"]


def test_dead_ends_and_stages_without_a_way_in_are_told() -> None:
    stages = [{"key": k, "start": k == "a"} for k in ("a", "b", "c")]
    ways_of = [{"key": "t", "from": ["a"], "to": "b"}]
    deals = compiled(pipeline(stages=stages, transitions=ways_of))
    assert [s.key for s in dead_ends(deals)] == ["b", "c"]
    assert [s.key for s in unreachable(deals)] == ["c"]


@given(pipelines())
def test_what_can_be_reached_is_what_walking_finds(raw: dict[str, Any]) -> None:
    found = compiled(raw)
    walked, todo = set(), [s.key for s in found.starts]
    while todo:
        here = todo.pop()
        walked.add(here)
        todo += [s.key for s in found.active if s.key not in walked and s.key != here
                 and isinstance(ways(found, here, s.key), list)]  # fmt: skip
    assert {s.key for s in unreachable(found)} == {s.key for s in found.active} - walked


class Walk(RuleBasedStateMachine):
    """A record that goes wherever its pipeline lets it."""

    @initialize(raw=pipelines())
    def begin(self, raw: dict[str, Any]) -> None:
        self.raw, self.pipeline = raw, compiled(raw)
        self.stage = self.pipeline.start.key
        self.before: str | None = None

    @rule(choice=st.integers(0, 20))
    def go(self, choice: int) -> None:
        open_ways = list(moves(self.pipeline, self.stage))
        if open_ways:
            self.before, self.stage = self.stage, open_ways[choice % len(open_ways)].to.key

    @invariant()
    def it_went_a_way_that_was_drawn(self) -> None:
        if getattr(self, "before", None) is None:
            return
        drawn = self.raw["transitions"]
        assert not drawn or any(
            t["to"] == self.stage and (not t["from"] or self.before in t["from"]) for t in drawn
        )

    @invariant()
    def it_never_went_back_where_that_is_switched_off(self) -> None:
        if getattr(self, "before", None) is not None and self.raw["no_backward"]:
            places = [s["key"] for s in self.raw["stages"]]
            assert places.index(self.stage) > places.index(self.before)

    @invariant()
    def it_is_never_where_nothing_leads(self) -> None:
        if hasattr(self, "pipeline"):
            assert self.stage not in {s.key for s in unreachable(self.pipeline)}


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
