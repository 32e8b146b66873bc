"""Bad conditions are refused, and each refusal names its place in the JSON."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_config.conditions.api import ConditionInvalid, answering, computing, parse, watching
from crm_config.conditions.limits import LIMITS
from tests.crm_config.condition_company import SNAPSHOT, condition, rule, type_of

GOOD = {"field": "name", "op": "eq", "value": "x"}


def problems(raw: Any, on: str = "company", **kwargs: Any) -> dict[str, str]:
    with pytest.raises(ConditionInvalid) as caught:
        condition(raw, on, **kwargs)
    return {problem.place: problem.message for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("name", ""),
        ({}, ""),
        ({"al": []}, ""),
        ({"all": {}}, "all"),
        ({"all": [], "any": []}, "any"),
        ({"field": "nope", "op": "eq", "value": "x"}, "field"),
        ({"field": "gone", "op": "eq", "value": "x"}, "field"),
        ({"field": "", "op": "eq", "value": "x"}, "field"),
        ({"field": ["name"], "op": "eq", "value": "x"}, "field"),
        ({"field": "name", "value": "x"}, "op"),
        ({"field": "name", "op": "gte", "value": "x"}, "op"),
        ({"field": "name", "op": ["eq"], "value": "x"}, "op"),
        ({"field": "name", "op": "eq"}, "value"),
        ({"field": "name", "op": "eq", "value": ""}, "value"),
        ({"field": "name", "op": "eq", "value": 5}, "value"),
        ({"field": "name", "op": "eq", "value": "x" * 501}, "value"),
        ({"field": "name", "op": "eq", "vaule": "x"}, "vaule"),
        ({"field": "name", "op": "is_set", "value": True}, "value"),
        ({"field": "name", "op": "in", "value": []}, "value"),
        ({"field": "name", "op": "in", "value": ["a", 1]}, "value[1]"),
        ({"field": "name.code", "op": "eq", "value": "x"}, "field"),
        ({"field": "holding.holding.holding.name", "op": "eq", "value": "x"}, "field"),
        ({"field": "notes", "op": "contains", "value": "x"}, "field"),
        ({"field": "industry", "op": "eq", "value": "farming"}, "value"),
        ({"field": "industry", "op": "in", "value": ["it", "farming"]}, "value[1]"),
        ({"field": "staff", "op": "eq", "value": "many"}, "value"),
        ({"field": "staff", "op": "eq", "value": 10**30}, "value"),
        ({"field": "staff", "op": "between", "value": [1]}, "value"),
        ({"field": "staff", "op": "between", "value": [1, "x"]}, "value[1]"),
        ({"field": "staff", "op": "eq", "value": {"dynamic": "me"}}, "value.dynamic"),
        ({"field": "staff", "op": "eq", "value": {"field": "founded"}}, "value.field"),
        ({"field": "staff", "op": "eq", "value": {"field": "nope"}}, "value.field"),
        ({"field": "name", "op": "contains", "value": {"field": "code"}}, "op"),
        ({"field": "founded", "op": "eq", "value": "2026-02-30"}, "value"),
        ({"field": "founded", "op": "eq", "value": {"dynamic": "noon"}}, "value.dynamic"),
        ({"field": "founded", "op": "eq", "value": {"dynamic": "now"}}, "value.dynamic"),
        ({"field": "founded", "op": "eq", "value": {"dynamic": "me"}}, "value.dynamic"),
        ({"field": "founded", "op": "eq", "value": {"dynamic": "today", "ad": 1}}, "value"),
        (
            {"field": "founded", "op": "eq", "value": {"dynamic": "today", "add": {"hours": 1}}},
            "value.add.hours",
        ),
        (
            {"field": "founded", "op": "eq", "value": {"dynamic": "today", "add": {"days": 10**9}}},
            "value.add.days",
        ),
        ({"field": "founded", "op": "within", "value": "someday"}, "value"),
        ({"field": "founded", "op": "within", "value": {"last_days": 0}}, "value"),
        ({"field": "buyer", "op": "eq", "value": {"dynamic": "my_teams"}}, "value.dynamic"),
        ({"field": "crew", "op": "in", "value": {"dynamic": "me"}}, "value[0].dynamic"),
        ({"field": "holding", "op": "linked_to", "value": ["x"]}, "value[0]"),
        ({"field": "holding", "op": "linked_to", "value": [type_of("deal").first_id]}, "value[0]"),
        ({"related": "nope", "some": True}, "related"),
        ({"related": 3, "some": True}, "related"),
        ({"related": "deals"}, ""),
        ({"related": "deals", "some": True, "none": True}, ""),
        ({"related": "deals", "some": False}, "some"),
        ({"related": "deals", "all": True}, ""),
        ({"related": "deals", "where": GOOD, "some": True}, "where.field"),
        ({"related": "deals", "count": 3}, "count"),
        ({"related": "deals", "count": {"op": "gte", "value": -1}}, "count.value"),
        ({"related": "deals", "count": {"op": "has_any", "value": 1}}, "count.op"),
        ({"related": "deals", "sum": {"field": "due", "op": "gte", "value": 1}}, "sum.field"),
        ({"related": "deals", "max": {"field": "subject", "op": "eq", "value": 1}}, "max.field"),
        ({"related": "deals", "sum": {"field": "company.staff", "op": "eq", "value": 1}}, "sum.field"),
        ({"segment": "rare"}, "segment"),
        ({"changed": "name"}, ""),
        ({"all": [GOOD, {"not": {"any": [GOOD, {"field": "x"}]}}]}, "all[1].not.any[1].field"),
    ],
)  # fmt: skip
def test_a_refusal_names_its_place(raw: Any, place: str) -> None:
    assert list(problems(raw)) == [place]


def test_all_that_is_wrong_is_said_at_once() -> None:
    found = problems({"any": [{"field": "a"}, GOOD, {"field": "b"}, {"oops": 1}]})

    assert list(found) == ["any[0].field", "any[2].field", "any[3]"]


def test_a_field_of_another_kind_in_each_target_is_refused() -> None:
    path = {"field": "about.code", "op": "eq", "value": "x"}

    assert "different kinds" in problems(path, on="person")["field"]


def test_a_hidden_field_does_not_exist() -> None:
    hidden = replace(rule("company"), readable=lambda f: f.key != "staff")
    unknown = problems({"field": "staf", "op": "eq", "value": 1})["field"]

    said = problems({"field": "staff", "op": "eq", "value": 1}, context=hidden)["field"]

    assert said == unknown.replace("staf", "staff")


def test_a_relation_over_a_hidden_link_does_not_exist() -> None:
    hidden = replace(rule("company"), readable=lambda f: f.record_type != "deal")

    assert list(problems({"related": "deals", "some": True}, context=hidden)) == ["related"]


def test_depth_is_limited() -> None:
    deep: Any = GOOD
    for _level in range(LIMITS.depth - 1):
        deep = {"not": deep}
    condition(deep)

    assert list(problems({"not": deep})) == [".".join(["not"] * LIMITS.depth)]


def test_width_is_limited() -> None:
    condition({"all": [GOOD] * (LIMITS.nodes - 1)})

    assert list(problems({"all": [GOOD] * LIMITS.nodes * 10})) == [f"all[{LIMITS.nodes - 1}]"]


def test_lists_are_limited() -> None:
    def listed(count: int) -> dict[str, Any]:
        return {"field": "name", "op": "in", "value": ["x"] * count}

    condition(listed(LIMITS.values))
    assert list(problems(listed(LIMITS.values + 1))) == ["value"]
    assert list(problems({"all": [listed(LIMITS.values)] * 11})) == [""]


def test_relations_inside_relations_are_limited() -> None:
    deals = {"related": "deals", "some": True}
    two = {"related": "subsidiaries", "where": deals, "some": True}
    condition(two)

    assert list(problems({"related": "subsidiaries", "where": two, "some": True})) == [
        "where.where"
    ]


def test_an_operand_may_lie_outside_what_the_field_takes() -> None:
    assert condition({"field": "staff", "op": "gt", "value": 0}).constant is None


def test_a_retired_option_can_still_be_asked_for() -> None:
    assert condition({"field": "industry", "op": "eq", "value": "old"}).constant is None


@pytest.mark.parametrize("make", [computing, answering])
def test_some_contexts_do_not_follow_links(make: Any) -> None:
    context = make(SNAPSHOT, type_of("deal"))
    path = {"field": "company.staff", "op": "gt", "value": 1}

    assert list(problems(path, context=context)) == ["field"]
    assert list(problems({"related": "company", "some": True}, context=context)) == [""]


def test_a_rollup_does_not_depend_on_the_day() -> None:
    context = computing(SNAPSHOT, type_of("deal"))

    assert list(problems({"field": "due", "op": "within", "value": "today"}, context=context)) == [
        "value"
    ]
    assert list(
        problems({"field": "due", "op": "lt", "value": {"dynamic": "today"}}, context=context)
    ) == ["value.dynamic"]


def test_changes_are_asked_of_the_record_itself() -> None:
    context = watching(SNAPSHOT, type_of("deal"))
    condition({"changed": "amount"}, context=context)

    assert list(problems({"changed": "company.staff"}, context=context)) == ["changed"]
    assert list(problems({"was": {"field": "company.staff", "op": "is_set"}}, context=context)) == [
        "was.field"
    ]
    assert list(problems({"was": {"changed": "amount"}}, context=context)) == ["was"]


GROUPS = ["all", "any", "not", "related", "where", "some", "count", "sum", "segment"]
KEYS = [*GROUPS, "field", "op", "value", "dynamic", "add", "days", "x"]
WORDS = ["name", "staff", "founded", "holding", "deals", "eq", "in", "today"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS), inner | st.sampled_from(WORDS), max_size=4)
    ),
    max_leaves=12,
)


@given(raw=JSON)
def test_no_json_does_worse_than_being_refused(raw: Any) -> None:
    try:
        read = parse(raw, rule("company"))
    except ConditionInvalid as refused:
        assert refused.problems
    else:
        assert read.json() == raw
