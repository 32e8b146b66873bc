"""What is wrong with the rules of a survey, seen together with the rest of the configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.definitions import TypeDef
from crm_config.segments import segments_of
from surveys.definitions import FollowUpDef, SurveyDef
from surveys.following.values import source_of, texts_in
from surveys.piping import named, person_type


def wrong(survey: SurveyDef, draft: Draft) -> Iterator[str]:
    for rule in survey.follow_ups:
        found = [*_made(rule, survey, draft), *_person(rule, survey, draft)]
        if survey.is_anonymous:
            found += _anonymous(rule)
        for message in found:
            yield _("Follow-up “%(rule)s”: %(message)s") % {"rule": rule.key, "message": message}


def _made(rule: FollowUpDef, survey: SurveyDef, draft: Draft) -> Iterator[str]:
    if not rule.make:
        return
    record_type = draft.snapshot.types.get(rule.make["type"])
    if record_type is None or record_type.retired:
        yield _("There is no record type “%(key)s”.") % {"key": rule.make["type"]}
        return
    link = rule.make.get("link")
    f = record_type.fields.get(link) if link else None
    if link and (f is None or f.type.storage != "links"):
        yield _("“%(key)s” does not link to records.") % {"key": link}
    given = rule.make.get("set", {})
    yield from _fields(given, record_type)
    for raw in given.values():
        yield from _value(raw, survey, draft)


def _person(rule: FollowUpDef, survey: SurveyDef, draft: Draft) -> Iterator[str]:
    person = person_type(survey, draft.snapshot)
    if person is None:
        return
    yield from _fields(rule.set, person)
    for raw in rule.set.values():
        yield from _value(raw, survey, draft)
    segments = segments_of(draft.snapshot)
    for key in rule.lists:
        segment = segments.get(key)
        if segment is None or not segment.listed:
            yield _("There is no list “%(key)s” that is kept by hand.") % {"key": key}
        elif segment.record_type.key != person.key:
            yield _("The list “%(key)s” is not one of those who answer.") % {"key": key}


def _fields(given: Any, record_type: TypeDef) -> Iterator[str]:
    for key in given:
        f = record_type.all_fields.get(key)
        if f is None or f.retired or f.type.computed:
            yield _("“%(type)s” has no field “%(key)s” that can be set.") % {
                "type": record_type.label,
                "key": key,
            }


def _value(raw: Any, survey: SurveyDef, draft: Draft) -> Iterator[str]:
    source = source_of(raw)
    if source in ("answer", "trend") and raw[source] not in survey.questions:
        yield _("There is no question “%(key)s”.") % {"key": raw[source]}
    own = draft.snapshot.types[survey.type]
    if source == "from" and raw["from"] not in own.all_fields:
        yield _("“%(type)s” has no field “%(key)s”.") % {"type": own.label, "key": raw["from"]}
    types = {"record": own, "person": person_type(survey, draft.snapshot)}
    for text in texts_in(raw):
        for kind, key in sorted(named(text)):
            known = types.get(kind)
            there = (
                key in survey.questions
                if kind == "answer"
                else known is not None and key in known.all_fields
            )
            if not there:
                yield _("{%(kind)s.%(key)s} names nothing that can be told.") % {
                    "kind": kind,
                    "key": key,
                }


def _anonymous(rule: FollowUpDef) -> Iterator[str]:
    """Nobody knows who answered, and nothing may tell."""
    if rule.set or rule.lists:
        yield _("An anonymous survey knows nobody to keep values or lists of.")
    if rule.make.get("link"):
        yield _("An anonymous survey makes no record about whoever answered.")
    if rule.to.get("of"):
        yield _("An anonymous survey is about no record: name a person or a role.")
    for raw in rule.make.get("set", {}).values():
        kinds = {kind for text in texts_in(raw) for kind, _key in named(text)}
        if source_of(raw) in ("from", "trend") or kinds & {"record", "person"}:
            yield _("An anonymous survey shows nothing of the record.")
