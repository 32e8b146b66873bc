"""The kinds of questions by what they are for, and a new one with something to begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from crm_config.working_copy.keys import propose_key
from forms_builder.definitions import FormDef
from forms_builder.items.registry import ITEMS, of_channel
from forms_builder.studio.arrangement import Raw
from forms_builder.studio.generating import CONSENT, TEXT, in_each
from forms_builder.studio.palette import Offer, Shelf
from surveys.definitions import CHANNEL

SHELVES: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "scales": (gettext_lazy("Scores"), ("nps", "csat", "ces", "rating", "slider")),
    "choices": (
        gettext_lazy("Choices"),
        ("single_choice", "multiple_choice", "dropdown", "ranking", "matrix"),
    ),
    "open": (
        gettext_lazy("In their own words"),
        ("short_text", "long_text", "number", "date", "file", "contact"),
    ),
}
FIRST = gettext_noop("First option")
SECOND = gettext_noop("Second option")
ROW = gettext_noop("First row")
#: What people would be asked: an example, and what a new question begins with.
EXAMPLES: Mapping[str, str] = {
    "nps": gettext_noop("How likely are you to recommend us to a friend or colleague?"),
    "csat": gettext_noop("How satisfied are you with our answer?"),
    "ces": gettext_noop("We made it easy for you to reach your goal."),
    "rating": gettext_noop("How would you rate the event?"),
    "slider": gettext_noop("How much of your work do you do with it, in percent?"),
    "single_choice": gettext_noop("How did you hear of us?"),
    "multiple_choice": gettext_noop("Which of these do you use?"),
    "dropdown": gettext_noop("In which country do you work?"),
    "ranking": gettext_noop("What matters most to you?"),
    "matrix": gettext_noop("How do you judge these?"),
    "short_text": gettext_noop("What is your role?"),
    "long_text": gettext_noop("What is the main reason for your answer?"),
    "number": gettext_noop("How many people work with it?"),
    "date": gettext_noop("When did you begin?"),
    "file": gettext_noop("Show us what you mean."),
    "contact": gettext_noop("How can we reach you?"),
}
NEEDS_OPTIONS = frozenset({"single_choice", "multiple_choice", "dropdown", "ranking", "matrix"})


def shelves() -> list[Shelf]:
    offered = of_channel(CHANNEL)
    named = {key for _label, keys in SHELVES.values() for key in keys}
    rest = tuple(key for key in offered if key not in named)
    found = [(key, str(label), keys) for key, (label, keys) in SHELVES.items()]
    return [
        Shelf(key, label, [offer(kind) for kind in keys if kind in offered])
        for key, label, keys in [*found, ("rest", _("Between and besides"), rest)]
    ]


def offer(key: str) -> Offer:
    kind = ITEMS[key]
    return Offer(key, str(kind.label), kind.icon, str(kind.description))


def made(value: str, form: FormDef, languages: Sequence[str]) -> Raw:
    """Raises `LookupError` for what is not offered."""
    if value not in of_channel(CHANNEL):
        raise LookupError(value)
    item: Raw = {"key": propose_key(value, taken=set(form.items)), "kind": value}
    if value in EXAMPLES:
        item["labels"] = in_each(EXAMPLES[value], languages)
    options = begins(value, languages)
    return {**item, "options": options} if options else item


def begins(kind: str, languages: Sequence[str]) -> dict[str, Any]:
    """The options that a kind cannot do without."""
    if kind == "text":
        return {"text": in_each(TEXT, languages)}
    if kind == "consent":
        return {"text": in_each(CONSENT, languages), "purpose": "contact"}
    if kind not in NEEDS_OPTIONS:
        return {}
    texts = {"first": FIRST, "second": SECOND}
    found: dict[str, Any] = {
        "options": [{"key": key, "labels": in_each(t, languages)} for key, t in texts.items()]
    }
    if kind == "matrix":
        found["rows"] = [{"key": "first", "labels": in_each(ROW, languages)}]
    return found
