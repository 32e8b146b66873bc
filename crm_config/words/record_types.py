"""Differences of record types, their sections and what they look like, in words. Fields: see `fields`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm_config import traits
from crm_config.diff import Difference
from crm_config.words import fields
from crm_config.words.columns import sorting, titles
from crm_config.words.plain import (
    NOTHING,
    changed_languages,
    label_here,
    plain,
    shown,
    shown_labels,
)
from crm_config.words.registry import SectionWords
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary

WHOLE_TYPE, OF_A_LIST = 2, 4
LABELS = ("labels", "plural", "description")


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    path = difference.path
    if len(path) == WHOLE_TYPE:
        return _whole(difference)
    if path[2] == "fields" and len(path) >= OF_A_LIST:
        return fields.describe(difference, vocabulary)
    if path[2] == "sections" and len(path) >= OF_A_LIST:
        return _section(difference, vocabulary)
    return _attribute(difference, vocabulary)


def _whole(difference: Difference) -> Sentence:
    if difference.kind == "removed":
        return say(_("The record type is removed."))
    count = len(difference.after.get("fields", []))
    return say(
        ngettext(
            "The record type is added, with {count} field.",
            "The record type is added, with {count} fields.",
            count,
        ),
        count=count,
    )


def _section(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    if difference.kind == "moved":
        return say(_("The order of its sections changes."))
    name = vocabulary.name(difference.path[:4])
    if difference.kind == "added":
        return say(_("The section {name} is added."), name=name)
    if difference.kind == "removed":
        return say(_("The section {name} is removed."), name=name)
    before, after = label_here(difference.before), label_here(difference.after)
    if before != after:
        return say(
            _("The section {before} is called {after} from now on."), before=before, after=after
        )
    return say(
        _("The name of the section {name} changes in {languages}."),
        name=name,
        languages=changed_languages(difference.before, difference.after),
    )


SENTENCES = {
    "icon": gettext_lazy("Its icon becomes {after}."),
    "colour": gettext_lazy("Its colour becomes {after}."),
    "title_template": gettext_lazy("The titles of its records are made as {after}."),
    "columns": gettext_lazy("Its list shows {after}."),
    "sort": gettext_lazy("Its list is sorted by {after}."),
    "menu_group": gettext_lazy("It stands in the menu under {after}."),
    "menu_order": gettext_lazy("Its place in the menu becomes {after}."),
    "traits": gettext_lazy("Its traits become {after}."),
    "description": gettext_lazy("Its description changes."),
}


def _attribute(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    name = difference.path[2]
    if name == "retired":
        if difference.after:
            return say(_("The record type is archived."))
        return say(_("The record type comes back from the archive."))
    if name in ("labels", "plural"):
        return _renamed(difference)
    if name not in SENTENCES:
        return plain(difference, vocabulary)
    return say(SENTENCES[name], after=show(difference, difference.after, vocabulary))


def _renamed(difference: Difference) -> Sentence:
    before, after = label_here(difference.before), label_here(difference.after)
    several = difference.path[2] == "plural"
    if before == after:
        languages = changed_languages(difference.before, difference.after)
        if several:
            return say(_("Its plural changes in {languages}."), languages=languages)
        return say(_("Its name changes in {languages}."), languages=languages)
    if several:
        return say(
            _("Its plural is {after} instead of {before}."),
            before=before or NOTHING,
            after=after or NOTHING,
        )
    return say(_("It is called {after} instead of {before}."), before=before, after=after)


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    """The value before or after, for the details of a difference."""
    path = difference.path
    if value is None or value in ([], {}, ""):
        return NOTHING
    if path[2:3] == ("fields",) and len(path) >= OF_A_LIST:
        return fields.show(difference, value, vocabulary)
    if path[-1] in LABELS:
        return shown_labels(value)
    if path[-1] == "columns":
        return titles(path[1], value, vocabulary)
    if path[-1] == "sort":
        return sorting(path[1], value, vocabulary)
    if path[-1] == "traits":
        return ", ".join(_trait(key) for key in value)
    if path[2:] == ("sections", "order"):
        return ", ".join(vocabulary.name((*path[:3], key)) for key in value)
    if isinstance(value, Mapping):
        return shown_labels(value.get("labels"))
    return shown(value)


def _trait(key: str) -> str:
    trait = traits.all_traits().get(key)
    return str(trait.label) if trait else key


WORDS = SectionWords(label=gettext_lazy("Record types"), describe=describe, show=show)
