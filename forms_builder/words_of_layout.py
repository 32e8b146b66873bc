"""Differences of what stands on a form, in words: its steps, their sections and items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from crm_config import labels
from crm_config.diff import Difference
from crm_config.words.plain import shown as plainly
from crm_config.words.plain import shown_labels
from crm_config.words.sentence import AsItStands, Sentence, say
from crm_config.words.vocabulary import Vocabulary

#: By the list that it stands in: added, removed, moved, changed.
SENTENCES = {
    "items": (
        gettext_lazy("{name} is put on it."),
        gettext_lazy("{name} is taken off it."),
        gettext_lazy("The order of its items changes."),
        gettext_lazy("{name} changes: {what}."),
    ),
    "sections": (
        gettext_lazy("The section {name} is added."),
        gettext_lazy("The section {name} is taken away, with what stands in it."),
        gettext_lazy("The order of its sections changes."),
        gettext_lazy("The section {name} changes: {what}."),
    ),
    "steps": (
        gettext_lazy("The step {name} is added."),
        gettext_lazy("The step {name} is taken away, with what stands on it."),
        gettext_lazy("The order of its steps changes."),
        gettext_lazy("The step {name} changes: {what}."),
    ),
}
WHAT = {
    "labels": gettext_lazy("name"),
    "help": gettext_lazy("help"),
    "placeholder": gettext_lazy("placeholder"),
    "width": gettext_lazy("width"),
    "default": gettext_lazy("what it begins with"),
    "prefill": gettext_lazy("what the address fills in"),
    "required": gettext_lazy("required"),
    "readonly": gettext_lazy("whether it can be changed"),
    "shown_when": gettext_lazy("when it is shown"),
    "required_when": gettext_lazy("when it is required"),
    "readonly_when": gettext_lazy("when it is fixed"),
    "options_when": gettext_lazy("when its options are offered"),
    "value_set_when": gettext_lazy("when it is filled in by itself"),
    "message_when": gettext_lazy("its messages"),
    "when_hidden": gettext_lazy("what becomes of it when it is hidden"),
    "capacity": gettext_lazy("its places"),
    "options": gettext_lazy("what it is"),
    "columns": gettext_lazy("columns"),
}


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    """The innermost thing that the path names, and what happens to it."""
    path = difference.path
    place = max((n for n, part in enumerate(path[:-1]) if part in SENTENCES), default=0)
    added, removed, moved, changed = SENTENCES.get(path[place], SENTENCES["items"])
    if difference.kind == "moved":
        return say(moved)
    named = name(path[: place + 2], vocabulary)
    if difference.kind == "added" and len(path) == place + 2:
        return say(added, name=named)
    if difference.kind == "removed" and len(path) == place + 2:
        return say(removed, name=named)
    attribute = path[place + 2] if len(path) > place + 2 else ""
    return say(changed, name=named, what=AsItStands(WHAT.get(attribute, attribute)))


def name(path: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """Of an item, what people read: its own name, or that of its field."""
    raw = vocabulary.find(path)
    if text := labels.text(raw.get("labels")):
        return text
    options = raw.get("options", {})
    if raw.get("kind") == "field" and "field" in options:
        return vocabulary.field(vocabulary.find(path[:2]).get("type", ""), options["field"])
    return path[-1]


def shown(difference: Difference, value: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    """A whole item, section or step by its name; texts as texts; the rest as it stands."""
    if difference.kind in ("added", "removed"):
        return name(difference.path, vocabulary)
    if difference.path[-1] in ("labels", "help", "placeholder", "text", "alt"):
        return shown_labels(value)
    return plainly(value)
