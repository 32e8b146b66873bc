"""Which end page somebody reaches."""

from __future__ import annotations

from crm_config.conditions.api import Condition, ConditionInvalid, Standpoint, parse
from crm_config.definitions import Snapshot
from crm_config.field_types.base import CoerceContext
from forms_builder.engine.evaluate import Answers, States
from forms_builder.engine.logic import Logic, context
from surveys.definitions import EndDef, SurveyDef
from surveys.flow.compiling import Flow

MEMO = "surveys.conditions"


def answers_in(logic: Logic, states: States, reading: CoerceContext) -> Answers:
    """What was answered, without what was cleared, as conditions ask for it."""
    found = Answers(logic, reading, Standpoint(now=reading.now, tz=reading.tz))
    for key, state in states.items.items():
        found.put(key, state.value)
    return found


def condition_of(survey: SurveyDef, place: str, raw: object, snapshot: Snapshot) -> Condition:
    """Of a published survey, read once. `place` tells it from the survey's others. Raises `ConditionInvalid`."""
    known: dict[tuple[str, str], Condition] = snapshot.memo.setdefault(MEMO, {})
    if (survey.key, place) not in known:
        known[survey.key, place] = parse(raw, context(survey.form, snapshot))
    return known[survey.key, place]


def holds(survey: SurveyDef, place: str, raw: object, answers: Answers, snapshot: Snapshot) -> bool:
    """Without a condition it does; one that cannot be read any more does not."""
    if raw is None:
        return True
    try:
        return answers.holds(condition_of(survey, place, raw, snapshot), otherwise=True)
    except ConditionInvalid:
        return False


def end_of(flow: Flow, states: States, answers: Answers, snapshot: Snapshot) -> EndDef:
    """The one that a jump led to, else the first whose condition holds."""
    survey = flow.survey
    by_key = {end.key: end for end in survey.ends}
    for key, jump in flow.jumps:
        if jump.to in by_key and key in states.items and states[key].value is True:
            return by_key[jump.to]
    open_ends = [end for end in survey.ends if end.kind != "screened"]
    for end in open_ends:
        if holds(survey, f"ends.{end.key}", end.when, answers, snapshot):
            return end
    return open_ends[-1] if open_ends else survey.ends[-1]
