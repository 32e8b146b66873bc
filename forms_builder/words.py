"""Differences of forms, in words."""

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
from forms_builder.definitions import CHANNELS
from forms_builder.layouts.uses import NAMES

WHOLE = 2
TEXTS = ("labels", "intro", "submit", "done")
PARTS = {
    "steps": gettext_lazy("What stands on it changes."),
    "settings": gettext_lazy("How it is reached and guarded changes."),
    "handling": gettext_lazy("What becomes of what is sent changes."),
    "channel": gettext_lazy("Others fill it in."),
    "type": gettext_lazy("It is about other records."),
}


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    if len(difference.path) == WHOLE:
        if difference.kind == "added":
            return say(_("The form is added."))
        return say(_("The form is taken away: nobody can fill it in any more."))
    part = difference.path[WHOLE]
    if part == "retired":
        return say(
            _("The form is archived: nobody can fill it in any more.")
            if difference.after
            else _("The form is in use again.")
        )
    if part in TEXTS:
        languages = changed_languages(difference.before, difference.after)
        return say(_("Its texts change in {languages}."), languages=languages)
    if part == "steps":
        return layout.describe(difference, vocabulary)
    if part == "settings" and set(difference.path[WHOLE + 1 : WHOLE + 2]) & set(NAMES):
        return say(_("Where it is used, or for whom, changes."))
    return say(str(PARTS.get(part, _("The form changes."))))


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Mapping) and "steps" in value:
        return labels.text(value.get("labels"), default=value.get("key", ""))
    part = difference.path[-1]
    if difference.kind == "moved" and isinstance(value, list):
        return ", ".join(layout.name((*difference.path[:-1], key), vocabulary) for key in value)
    if difference.path[WHOLE : WHOLE + 1] == ("steps",) and isinstance(value, Mapping):
        return layout.shown(difference, value, vocabulary)
    if part in TEXTS:
        return shown_labels(value)
    if part == "channel":
        return str(CHANNELS.get(value, value))
    if part == "steps" and isinstance(value, list):
        return "; ".join(_step(step) for step in value)
    return shown(value)


def _step(raw: Mapping[str, Any]) -> str:
    """Its name and what stands on it, by the items' names."""
    items = [
        labels.text(item.get("labels"), default=item["key"])
        for section in raw.get("sections", ())
        for item in section.get("items", ())
    ]
    name = labels.text(raw.get("labels"), default=raw["key"])
    return f"{name}: {', '.join(items)}"


WORDS = SectionWords(label=gettext_lazy("Forms"), describe=describe, show=show)
