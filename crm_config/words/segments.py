"""Differences of segments, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.diff import Difference
from crm_config.models import Segment
from crm_config.segments import defining, find_named
from crm_config.words.columns import titles
from crm_config.words.plain import NOTHING, changed_languages, label_here, shown, shown_labels
from crm_config.words.registry import SectionWords
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary

WHOLE = 2
KINDS = dict(Segment.Kind.choices)
SENTENCES = {
    "condition": gettext_lazy("Its condition becomes: {after}."),
    "description": gettext_lazy("Its description changes."),
    "kind": gettext_lazy("Its members are found {after} from now on."),
    "type": gettext_lazy("It is about records of the type {after}."),
    "roles": gettext_lazy("It is shared with {after}."),
    "keepers": gettext_lazy("Its list is kept by {after}."),
    "columns": gettext_lazy("Its list shows {after}."),
}


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    if len(difference.path) == WHOLE:
        if difference.kind == "removed":
            return say(_("The segment is removed."))
        about = vocabulary.record_type(difference.after["type"])
        return say(_("The segment is added, of {type}."), type=about)
    name = difference.path[2]
    if name == "labels":
        return _renamed(difference)
    if name == "retired":
        if difference.after:
            return say(_("The segment is archived."))
        return say(_("The segment comes back from the archive."))
    if name == "tracks":
        if difference.after:
            return say(_("From now on it keeps who entered and left."))
        return say(_("It no longer keeps who entered and left."))
    if name == "columns" and not difference.after:
        return say(_("Its list shows what the list of its type does."))
    if name == "roles" and not difference.after:
        return say(_("It is shared with everybody who may read what it asks about."))
    return say(SENTENCES[name], after=show(difference, difference.after, vocabulary))


def _renamed(difference: Difference) -> Sentence:
    before, after = label_here(difference.before), label_here(difference.after)
    if before != after:
        return say(_("It is called {after} instead of {before}."), before=before, after=after)
    languages = changed_languages(difference.before, difference.after)
    return say(_("Its name changes in {languages}."), languages=languages)


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if len(difference.path) == WHOLE:
        whole = [
            shown_labels(value.get("labels")),
            str(KINDS.get(value.get("kind", "dynamic"), "")),
        ]
        if "condition" in value:
            whole.append(in_words(value["condition"], value["type"], vocabulary))
        return "; ".join(whole)
    name = difference.path[2]
    if name in ("labels", "description"):
        return shown_labels(value)
    if name == "condition":
        record_type = vocabulary.find(difference.path[:2]).get("type", "")
        return in_words(value, record_type, vocabulary)
    if name == "kind":
        return str(KINDS.get(value, value))
    if name == "type":
        return vocabulary.record_type(value)
    if name == "columns":
        return titles(vocabulary.find(difference.path[:2]).get("type", ""), value, vocabulary)
    if name in ("roles", "keepers"):
        return ", ".join(vocabulary.name(("roles", key)) for key in value)
    return shown(value)


def in_words(condition: Mapping[str, Any], record_type: str, vocabulary: Vocabulary) -> str:
    """As a sentence, under the later configuration or else the earlier one; as it stands where neither
    understands it."""
    for snapshot in vocabulary.snapshots():
        if record_type in snapshot.types:
            context = defining(
                snapshot, snapshot.types[record_type], find_segment=find_named(snapshot)
            )
            try:
                return parse(condition, context).words()
            except ConditionInvalid:
                continue
    return shown(condition)


WORDS = SectionWords(label=gettext_lazy("Segments"), describe=describe, show=show)
