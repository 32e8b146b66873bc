"""Generated surveys: the compiled flow goes where somebody would go who reads the survey page by page, and everybody
reaches an end."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_config.live import live
from forms_builder.public.filling import Filling
from surveys.definitions import SurveyDef
from surveys.flow.compiling import flow_of
from surveys.flow.ends import answers_in, end_of
from surveys.flow.simulating import walk
from tests.surveys.surveying import page, question, survey

pytestmark = pytest.mark.django_db
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
#: What is read is kept by key: each survey has its own.
NUMBERS = count()


def conditions(asked: list[str]) -> st.SearchStrategy[Any]:
    plain = st.sampled_from(asked).flatmap(
        lambda key: st.integers(0, 10).map(lambda n: {"field": key, "op": "gte", "value": n})
    )
    return st.one_of(plain, plain.map(lambda c: {"not": c}))


@st.composite
def surveys(draw: Any) -> SurveyDef:
    pages, jumps, asked = [], [], list[str]()
    names = [f"p{n}" for n in range(draw(st.integers(1, 6)))]
    for at, name in enumerate(names):
        before = list(asked)
        items = []
        for n in range(draw(st.integers(1, 2))):
            key = f"{name}_q{n}"
            more = (
                {"shown_when": draw(conditions(before))} if before and draw(st.booleans()) else {}
            )
            items.append(question(key, "nps", **more))
            asked.append(key)
        shown = {"shown_when": draw(conditions(before))} if before and draw(st.booleans()) else {}
        pages.append(page(name, *items, **shown))
        for _n in range(draw(st.integers(0, 2))):
            to = draw(st.sampled_from([*names[at + 1 :], "low", "thanks"]))
            jumps.append({"after": name, "to": to, "when": draw(conditions(asked))})
    ends = [
        {"key": "low", "when": draw(conditions(asked))},
        {"key": "thanks"},
    ]
    raw = survey(
        f"drawn_{next(NUMBERS)}",
        steps=pages,
        jumps=jumps,
        ends=ends,
        settings={"one_per_page": draw(st.booleans())},
    )
    return SurveyDef.of(raw)


def holds(condition: Any, answers: dict[str, int]) -> bool:
    if condition is None:
        return True
    if "not" in condition:
        return not holds(condition["not"], answers)
    given = answers.get(condition["field"])
    return given is not None and given >= condition["value"]


def read_by_hand(drawn: SurveyDef, typed: dict[str, int]) -> tuple[list[str], str, dict[str, int]]:
    """Pages that are gone through, the end, and the answers that count."""
    names = [step.key for step in drawn.steps]
    answers, gone, at = dict[str, int](), list[str](), 0
    while at < len(names):
        step, name = drawn.steps[at], names[at]
        at += 1
        if not holds(step.shown_when, answers):
            continue
        here = [item for item in step.items if holds(item.shown_when, answers)]
        if here:
            gone.append(name)
        answers |= {item.key: typed[item.key] for item in here if item.key in typed}
        for jump in drawn.jumps:
            if jump.after == name and holds(jump.when, answers):
                if jump.to not in names:
                    return gone, jump.to, answers
                at = names.index(jump.to)
                break
    end = next(end.key for end in drawn.ends if holds(end.when, answers))
    return gone, end, answers


@SLOW
@given(drawn=surveys(), data=st.data())
def test_the_compiled_flow_goes_where_a_reader_would(company: Any, drawn: SurveyDef, data: Any):
    score = st.one_of(st.none(), st.integers(0, 10))
    said = {key: data.draw(score) for key in drawn.questions}
    typed = {key: value for key, value in said.items() if value is not None}
    flow = flow_of(drawn, live())
    filling = Filling(flow.form, live(), "en", values={k: str(v) for k, v in typed.items()})
    states = filling.states()
    pages, end, answers = read_by_hand(drawn, typed)
    shown = [
        flow.page_of[step.key]
        for step in flow.form.steps
        if states.steps[step.key]
        and any(states[i.key].shown for i in step.items if i.kind == "nps")
    ]
    assert list(dict.fromkeys(shown)) == pages
    found = answers_in(filling.logic, states, filling.context)
    assert end_of(flow, states, found, live()).key == end
    counted = {k: int(v) for k, v in states.values.items() if k in drawn.questions}
    assert counted == answers


@SLOW
@given(drawn=surveys(), seed=st.integers(0, 1000))
def test_everybody_reaches_an_end(company: Any, drawn: SurveyDef, seed: int):
    found = walk(drawn, live(), people=20, seed=seed)
    assert found.stuck == [] and sum(found.ends.values()) == found.people == 20
    assert all(number <= 20 for number in found.pages.values())
