"""What is wrong with a survey, seen together with the rest of the configuration. Each problem names its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.keys import is_key
from crm_config.problems import Problem
from forms_builder.checks import moment, wrong_item, wrong_steps
from forms_builder.definitions import ItemDef
from forms_builder.engine.logic import Broken, context, read
from forms_builder.items.field import INSIDE
from forms_builder.items.registry import ITEMS
from surveys.definitions import SECTION, SurveyDef
from surveys.flow.compiling import compiled
from surveys.flow.dead import dead
from surveys.following import checks as following
from surveys.piping import NO_WORDS, named, named_in, person_type
from surveys.references import conditions_of

#: So that the parts of a page can be told apart where each question has a page of its own.
LONGEST_PAGE = 40


def wrong(survey: SurveyDef, draft: Draft) -> Iterator[Problem]:
    path = (SECTION, survey.key)
    if not is_key(survey.key):
        yield Problem(path, _("A key has small letters, digits and single underscores."))
    if survey.type not in draft.types:
        yield Problem(path, _("There is no record type “%(key)s”.") % {"key": survey.type})
        return
    yield from wrong_steps(survey.form, path)
    for item in survey.questions.values():
        for message in (*wrong_item(item, survey.form, draft), *_question(item, survey)):
            yield Problem((*path, "items", item.key), message)
    shaped = [*_pages(survey, path), *_jumps(survey, path), *_ends(survey, path)]
    yield from shaped
    for where, message in (*_conditions(survey, draft), *_quotas(survey)):
        yield Problem((*path, *where), message)
    if not shaped and survey.questions:
        yield from _logic(survey, draft, path)
        yield from dead(survey, draft.snapshot, path)
    for message in (
        *_settings(survey),
        *_sending(survey, draft),
        *_texts(survey, draft),
        *_follow_ups(survey),
        *following.wrong(survey, draft),
    ):
        yield Problem(path, message)


def _question(item: ItemDef, survey: SurveyDef) -> Iterator[str]:
    if item.capacity:
        yield _("Surveys have quotas: take the places of its options out.")
    if item.kind == "consent":
        texts = item.options.get("text")
        if isinstance(texts, Mapping) and any(named(str(text)) for text in texts.values()):
            yield _("A consent says the same to everybody: take out what it names.")
        if item.options.get("field") or item.options.get("of"):
            yield _("The consent of a survey is kept for whoever answers: leave the record out.")
        if survey.is_anonymous:
            yield _("Nobody knows whose consent it was: the survey is anonymous.")
    if item.kind == "hidden" and item.options.get("field") and survey.is_anonymous:
        yield _("An anonymous survey takes nothing of the record with it.")


def _pages(survey: SurveyDef, path: tuple[str, ...]) -> Iterator[Problem]:
    ends = {end.key for end in survey.ends}
    for page in survey.steps:
        if len(page.key) > LONGEST_PAGE:
            message = _("The key of a page has at most %(most)s letters.") % {"most": LONGEST_PAGE}
            yield Problem((*path, "steps", page.key), message)
        if page.key in ends:
            yield Problem((*path, "steps", page.key), _("An end page has this key too."))


def _jumps(survey: SurveyDef, path: tuple[str, ...]) -> Iterator[Problem]:
    pages, ends = [page.key for page in survey.steps], {end.key for end in survey.ends}
    for n, jump in enumerate(survey.jumps):
        where = (*path, "jumps", str(n))
        if jump.after not in pages:
            yield Problem(where, _("There is no page “%(key)s”.") % {"key": jump.after})
        elif jump.to not in pages and jump.to not in ends:
            yield Problem(where, _("There is no page and no end “%(key)s”.") % {"key": jump.to})
        elif jump.to in pages and pages.index(jump.to) <= pages.index(jump.after):
            message = _(
                "It leads back to “%(key)s”: jumps lead forward alone, so that nobody goes in circles."
            )
            yield Problem(where, message % {"key": jump.to})


def _ends(survey: SurveyDef, path: tuple[str, ...]) -> Iterator[Problem]:
    reached = [end for end in survey.ends if end.kind != "screened"]
    if not reached:
        yield Problem(path, _("It has no end page."))
    elif reached[-1].when is not None:
        message = _("The last end page has a condition: who meets none would be nowhere.")
        yield Problem((*path, "ends", reached[-1].key), message)
    for key in _twice(end.key for end in survey.ends):
        yield Problem((*path, "ends", key), _("There are two end pages with this key."))
    for end in survey.ends:
        if end.kind == "review" and not end.url:
            yield Problem((*path, "ends", end.key), _("Say where the review is written."))


def _conditions(survey: SurveyDef, draft: Draft) -> Iterator[tuple[tuple[str, ...], str]]:
    where = context(survey.form, draft.snapshot)
    for place, raw in conditions_of(survey):
        if raw is None:
            continue
        try:
            parse(raw, where)
        except ConditionInvalid as invalid:
            yield from ((place, str(problem)) for problem in invalid.problems)


def _quotas(survey: SurveyDef) -> Iterator[tuple[tuple[str, ...], str]]:
    screened = {end.key for end in survey.ends if end.kind == "screened"}
    for key in _twice(quota.key for quota in survey.quotas):
        yield ("quotas", key), _("There are two quotas with this key.")
    for quota in survey.quotas:
        if quota.then and quota.then not in screened:
            message = _("“%(key)s” is no end page for full groups.") % {"key": quota.then}
            yield ("quotas", quota.key), message
        if not quota.then and not screened:
            yield ("quotas", quota.key), _("Add an end page for whoever is not needed any more.")


def _logic(survey: SurveyDef, draft: Draft, path: tuple[str, ...]) -> Iterator[Problem]:
    """Of the whole as it is followed. What is wrong with a jump was said at the jump."""
    flow = compiled(survey)
    told = set()
    try:
        read(flow.form, draft.snapshot)
    except Broken as broken:
        for problem in broken.problems:
            key, _dot, rest = problem.place.partition(".")
            message = f"{rest}: {problem.message}" if rest else problem.message
            if key.startswith("jump__"):
                if " → " not in message:
                    continue
                part, key = "jumps", key.removeprefix("jump__").partition(".")[0]
            else:
                part = "items" if key in survey.questions else "steps"
                key = flow.page_of.get(key, key) if part == "steps" else key
            if (part, key, message) not in told:
                told.add((part, key, message))
                yield Problem((*path, part, key), message)


def _settings(survey: SurveyDef) -> Iterator[str]:
    for name in ("opens", "closes"):
        if survey.settings.get(name) and moment(survey.settings[name]) is None:
            yield _("“%(text)s” is no day and no moment.") % {"text": survey.settings[name]}


def _sending(survey: SurveyDef, draft: Draft) -> Iterator[str]:
    person = person_type(survey, draft.snapshot)
    if person is None:
        message = _("“%(key)s” does not link to records.")
        yield message % {"key": survey.sending.get("recipient")}
    elif key := survey.sending.get("email"):
        f = person.all_fields.get(key)
        if f is None or f.type.key != "email":
            yield _("“%(key)s” is no field for an e-mail address.") % {"key": key}
    first = survey.sending.get("first_question")
    if first and first not in survey.questions:
        yield _("There is no question “%(key)s”.") % {"key": first}


def _texts(survey: SurveyDef, draft: Draft) -> Iterator[str]:
    """What the texts name has to be there."""
    types = {
        "record": draft.snapshot.types.get(survey.type),
        "person": person_type(survey, draft.snapshot),
    }
    for kind, key in sorted(named_in(survey)):
        said = f"{{{kind}.{key}}}"
        if kind == "answer":
            item = survey.questions.get(key)
            wordy = item is not None and item.kind not in NO_WORDS
            asks = item is not None and (known := ITEMS.get(item.kind)) is not None and known.asks
            if not (wordy and asks):
                yield _("%(said)s: there is no answer “%(key)s” that can be told.") % {
                    "said": said,
                    "key": key,
                }
            continue
        if survey.is_anonymous:
            yield _("%(said)s: an anonymous survey shows nothing of the record.") % {"said": said}
        record_type = types[kind]
        f = record_type.all_fields.get(key) if record_type else None
        if f is None or f.type.key in INSIDE or (f.system and key != "title"):
            yield _("%(said)s: there is no field “%(key)s” that can be told.") % {
                "said": said,
                "key": key,
            }


def _follow_ups(survey: SurveyDef) -> Iterator[str]:
    for key in _twice(rule.key for rule in survey.follow_ups):
        yield _("There are two follow-ups with the key “%(key)s”.") % {"key": key}
    for rule in survey.follow_ups:
        for raw in rule.set.values():
            asked = raw.get("answer") if isinstance(raw, dict) else None
            if asked and asked not in survey.questions:
                yield _("There is no question “%(key)s”.") % {"key": asked}


def _twice(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]
