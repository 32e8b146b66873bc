"""Differences of promises, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.diff import Difference
from crm_config.promises.definition import PromiseDef
from crm_config.promises.naming import VocabularyNames, sentence
from crm_config.words.plain import NOTHING, changed_languages, shown, shown_labels
from crm_config.words.registry import SectionWords
from crm_config.words.sentence import AsItStands, Sentence, say
from crm_config.words.vocabulary import Vocabulary

WHOLE_PROMISE = 2


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    if len(difference.path) == WHOLE_PROMISE:
        if difference.kind == "added":
            return say(
                _("The promise is added: {promise}"), promise=_as_told(difference.after, vocabulary)
            )
        return say(
            _("The promise is taken back: {promise}"),
            promise=_as_told(difference.before, vocabulary),
        )
    part = difference.path[2]
    if part == "retired":
        return say(
            _("The promise is archived: it is not held any more.")
            if difference.after
            else _("The promise is in use again.")
        )
    if part == "labels":
        languages = changed_languages(difference.before, difference.after)
        return say(_("Its name changes in {languages}."), languages=languages)
    now = vocabulary.find(difference.path[:2])
    return say(_("The promise becomes: {promise}"), promise=_as_told(now, vocabulary))


def _as_told(raw: Mapping[str, Any], vocabulary: Vocabulary) -> AsItStands:
    return AsItStands(_said(raw, vocabulary))


def _said(raw: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    told = sentence(PromiseDef.of(raw), VocabularyNames(vocabulary))
    return str(told.template).format(**told.parts)


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Mapping) and "kind" in value:
        return _said(value, vocabulary)
    if difference.path[-1] == "labels":
        return shown_labels(value)
    return shown(value)


WORDS = SectionWords(label=gettext_lazy("Promises"), describe=describe, show=show)
