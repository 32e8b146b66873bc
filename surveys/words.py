"""Differences of surveys, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config import labels
from crm_config.diff import Difference
from crm_config.words.plain import NOTHING, changed_languages, shown, shown_labels
from crm_config.words.registry import SectionWords
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary
from forms_builder import words_of_layout as layout

WHOLE = 2
TEXTS = ("labels", "intro", "submit")
PARTS = {
    "steps": gettext_lazy("Its questions change."),
    "jumps": gettext_lazy("Where its answers lead changes."),
    "ends": gettext_lazy("Its end pages change."),
    "quotas": gettext_lazy("How many of which answers are wanted changes."),
    "settings": gettext_lazy("How it is answered, and who reads it, changes."),
    "sending": gettext_lazy("How people are asked changes."),
    "follow_ups": gettext_lazy("What is done about answers changes."),
    "type": gettext_lazy("It is about other records."),
}


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    if len(difference.path) == WHOLE:
        if difference.kind == "added":
            return say(_("The survey is added."))
        return say(_("The survey is taken away: nobody can answer it any more."))
    part = difference.path[WHOLE]
    if part == "retired":
        return say(
            _("The survey is archived: nobody can answer it any more.")
            if difference.after
            else _("The survey is in use again.")
        )
    if part in TEXTS:
        languages = changed_languages(difference.before, difference.after)
        return say(_("Its texts change in {languages}."), languages=languages)
    if part == "steps":
        return layout.describe(difference, vocabulary)
    return say(str(PARTS.get(part, _("The survey changes."))))


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Mapping) and "steps" in value:
        return labels.text(value.get("labels"), default=value.get("key", ""))
    part = difference.path[-1]
    if difference.path[WHOLE : WHOLE + 1] == ("steps",):
        if difference.kind == "moved" and isinstance(value, list):
            return ", ".join(layout.name((*difference.path[:-1], key), vocabulary) for key in value)
        if isinstance(value, Mapping):
            return layout.shown(difference, value, vocabulary)
    if part in (*TEXTS, "text", "button", "subject", "body") and isinstance(value, Mapping):
        return shown_labels(value)
    if isinstance(value, Mapping) and "key" in value:
        return labels.text(value.get("labels"), default=value["key"])
    return shown(value)


WORDS = SectionWords(label=gettext_lazy("Surveys"), describe=describe, show=show)
