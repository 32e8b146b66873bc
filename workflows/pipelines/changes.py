"""Differences of pipelines, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.diff import Difference
from crm_config.words.plain import NOTHING, changed_languages, label_here, shown, shown_labels
from crm_config.words.registry import SectionWords
from crm_config.words.segments import in_words
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary

WHOLE, PART = 2, 4

OWN = {
    "description": gettext_lazy("Its description changes."),
    "condition": gettext_lazy("It takes these records: {after}."),
    "from_field": gettext_lazy("Records that came before it are placed by the field {after}."),
    "order": gettext_lazy("Its order among the pipelines of the type changes."),
    "type": gettext_lazy("It is about records of the type {after}."),
    "no_skip": gettext_lazy("Whether stages may be skipped changes."),
    "no_backward": gettext_lazy("Whether records may go back changes."),
    "anywhere_by_import": gettext_lazy("Whether imports may begin at any stage changes."),
}
STAGE = {
    "meaning": gettext_lazy("The stage {name} means {after}."),
    "probability": gettext_lazy("The stage {name} has a probability of {after}."),
    "entry": gettext_lazy("To come into the stage {name}, these must be filled in: {after}."),
    "exit": gettext_lazy("To leave the stage {name}, these must be filled in: {after}."),
    "stale_after": gettext_lazy("In the stage {name}, records go stale after days: {after}."),
    "start": gettext_lazy("Whether records begin in the stage {name} changes."),
    "checklist": gettext_lazy("The checklist of the stage {name} changes."),
    "all_done": gettext_lazy("Whether the checklist of the stage {name} must be done changes."),
    "moved_to": gettext_lazy("Records of the stage {name} are to go to {after}."),
}
TRANSITION = {
    "from": gettext_lazy("The move {name} starts from {after}."),
    "to": gettext_lazy("The move {name} leads to {after}."),
    "roles": gettext_lazy("The move {name} is for {after}."),
    "by": gettext_lazy("The move {name} is for whom this holds: {after}."),
    "guard": gettext_lazy("The move {name} needs: {after}."),
    "message": gettext_lazy("What the move {name} says when it is refused changes."),
    "fields": gettext_lazy("The move {name} asks for {after}."),
    "sets": gettext_lazy("What the move {name} fills in changes."),
}


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    path = difference.path
    if len(path) == WHOLE:
        return _whole(difference, vocabulary)
    if path[2] == "labels":
        return _renamed(difference)
    if path[2] == "retired":
        return say(_("It is archived.") if difference.after else _("It is in use again."))
    if path[2] in OWN:
        return say(OWN[path[2]], after=show(difference, difference.after, vocabulary))
    if difference.kind == "moved":
        return say(_("The order of its stages changes."))
    return _part(difference, vocabulary)


def _whole(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    if difference.kind == "removed":
        return say(_("The pipeline is removed."))
    about = vocabulary.record_type(difference.after["type"])
    return say(_("The pipeline is added, of {type}."), type=about)


def _renamed(difference: Difference) -> Sentence:
    before, after = label_here(difference.before), label_here(difference.after)
    if before != after:
        return say(_("It is called {after} instead of {before}."), before=before, after=after)
    languages = changed_languages(difference.before, difference.after)
    return say(_("Its name changes in {languages}."), languages=languages)


def _part(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    """A stage or a transition: the third part of the path says which list, the fourth its key."""
    path = difference.path
    is_stage = path[2] == "stages"
    name = _name(difference, vocabulary)
    if len(path) == PART:
        if difference.kind == "added":
            told = _("The stage {name} is added.") if is_stage else _("The move {name} is added.")
        else:
            told = (
                _("The stage {name} is removed.") if is_stage else _("The move {name} is removed.")
            )
        return say(told, name=name)
    if path[4] == "retired" and is_stage:
        told = (
            _("The stage {name} takes no more records.")
            if difference.after
            else _("The stage {name} is in use again.")
        )
        return say(told, name=name)
    known = (STAGE if is_stage else TRANSITION).get(path[4])
    if known is None:
        told = _("The stage {name} changes.") if is_stage else _("The move {name} changes.")
        return say(told, name=name)
    return say(known, name=name, after=show(difference, difference.after, vocabulary))


def _name(difference: Difference, vocabulary: Vocabulary) -> str:
    raw = difference.after if len(difference.path) == PART else None
    raw = raw or (difference.before if len(difference.path) == PART else None)
    if not isinstance(raw, Mapping):
        whole = vocabulary.find(difference.path[:2])
        held = {each["key"]: each for each in whole.get(difference.path[2], ())}
        raw = held.get(difference.path[3], {})
    return label_here(raw.get("labels")) or difference.path[3]


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    name = difference.path[-1]
    if isinstance(value, Mapping) and "stages" in value:
        return "; ".join((shown_labels(value.get("labels")), *_labels(value["stages"])))
    if isinstance(value, Mapping) and "key" in value:
        return shown_labels(value.get("labels")) or str(value["key"])
    if name in ("labels", "description", "help", "message"):
        return shown_labels(value)
    if name in ("condition", "by", "guard"):
        record_type = vocabulary.find(difference.path[:2]).get("type", "")
        return in_words(value, record_type, vocabulary)
    if name == "type":
        return vocabulary.record_type(value)
    if name == "roles":
        return ", ".join(vocabulary.name(("roles", key)) for key in value)
    if isinstance(value, list):
        return ", ".join(_entry(each) for each in value)
    return shown(value)


def _entry(value: Any) -> str:
    """An entry of a checklist by its label, all else as it is."""
    if isinstance(value, Mapping):
        return label_here(value.get("labels")) or str(value.get("key", ""))
    return str(value)


def _labels(stages: list[Mapping[str, Any]]) -> list[str]:
    return [label_here(stage.get("labels")) or stage["key"] for stage in stages]


WORDS = SectionWords(label=gettext_lazy("Pipelines"), describe=describe, show=show)
