"""What a survey relies on, as paths in the payload: for "where used", and for what breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.definitions import Snapshot, TypeDef
from crm_config.references import field_path
from crm_config.sections.base import Path
from forms_builder import references as of_forms
from forms_builder.engine.fields import sources_of
from forms_builder.engine.logic import context
from surveys.definitions import SurveyDef
from surveys.piping import named_in, person_type


def named(survey: SurveyDef, snapshot: Snapshot) -> set[Path]:
    """Of what cannot be read nothing is known; the check says so."""
    found = of_forms.named(survey.form, snapshot)
    found |= set(_of_flow(survey, snapshot))
    found |= set(_of_texts(survey, snapshot))
    found |= set(_of_sending(survey, snapshot))
    found |= set(_of_follow_ups(survey, snapshot))
    return found | {("roles", r) for r in survey.settings.get("results", {}).get("roles", ())}


def conditions_of(survey: SurveyDef) -> Iterator[tuple[Path, Any]]:
    """Those beside its questions, each with its place."""
    for n, jump in enumerate(survey.jumps):
        yield ("jumps", str(n)), jump.when
    for end in survey.ends:
        yield ("ends", end.key), end.when
    for quota in survey.quotas:
        yield ("quotas", quota.key), quota.when
    for rule in survey.follow_ups:
        yield ("follow_ups", rule.key), rule.when


def _of_flow(survey: SurveyDef, snapshot: Snapshot) -> Iterator[Path]:
    where, sources = context(survey.form, snapshot), sources_of(survey.form, snapshot)
    for _place, raw in conditions_of(survey):
        if raw is None:
            continue
        try:
            yield from of_forms.asked(parse(raw, where), sources)
        except ConditionInvalid:
            continue


def _of_texts(survey: SurveyDef, snapshot: Snapshot) -> Iterator[Path]:
    kinds = {"record": snapshot.types.get(survey.type), "person": person_type(survey, snapshot)}
    for kind, key in named_in(survey):
        yield from _field(kinds.get(kind), key)


def _of_sending(survey: SurveyDef, snapshot: Snapshot) -> Iterator[Path]:
    yield from _field(snapshot.types.get(survey.type), survey.sending.get("recipient"))
    yield from _field(person_type(survey, snapshot), survey.sending.get("email"))


def _of_follow_ups(survey: SurveyDef, snapshot: Snapshot) -> Iterator[Path]:
    person = person_type(survey, snapshot)
    for rule in survey.follow_ups:
        if role := rule.to.get("role"):
            yield ("roles", role)
        if made := rule.make.get("type"):
            yield ("record_types", made)
            for key in (rule.make.get("link"), *rule.make.get("set", {})):
                yield from _field(snapshot.types.get(made), key)
        for key in rule.set:
            yield from _field(person, key)
        for key in rule.lists:
            yield ("segments", key)


def _field(record_type: TypeDef | None, key: Any) -> Iterator[Path]:
    if record_type is not None and key and key not in record_type.system:
        yield field_path(record_type.key, key)
