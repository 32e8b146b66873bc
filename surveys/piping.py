"""Earlier answers and fields of the record in a survey's texts: `{answer.why}`, `{record.title}`, `{person.name}`.

What has no value is left out. Only what a text names is read, and only published texts are asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.field_types.base import Names
from forms_builder.items.linked_field import target_of
from surveys.definitions import SurveyDef

NAME = re.compile(r"\{(answer|record|person)\.([a-z][a-z0-9_]*)\}")
#: Options of questions that hold texts, and lists of objects with texts.
TEXT_OPTIONS = ("text", "low", "high")
LIST_OPTIONS = ("options", "rows")
#: Kinds of questions whose answers are no words.
NO_WORDS = frozenset({"matrix", "ranking", "file", "hidden"})

Labels = Mapping[str, str]
Find = Callable[[str, str], str]


def fill(text: str, find: Find) -> str:
    """`find` gives what stands for a kind and a key, empty where there is nothing."""
    if "{" not in text:
        return text
    return NAME.sub(lambda found: find(found[1], found[2]), text)


def for_all(text: str) -> str:
    """As results tell it, to whom it says nothing of anybody."""
    return fill(text, lambda _kind, _key: "…")


def named(text: str) -> set[tuple[str, str]]:
    return {(kind, key) for kind, key in NAME.findall(text)}


def named_in(survey: SurveyDef) -> set[tuple[str, str]]:
    """All that its texts name."""
    found: set[tuple[str, str]] = set()
    for said in texts_of(survey):
        for text in said.values():
            found |= named(text)
    return found


def texts_of(survey: SurveyDef) -> Iterator[Labels]:
    """Each text that may name something, by language: those of questions, pages and end pages, and the introduction."""
    yield survey.intro
    for end in survey.ends:
        yield from (end.labels, end.text, end.button)
    for step in survey.steps:
        yield step.labels
        for item in step.items:
            yield from (item.labels, item.help, item.placeholder)
            yield from (_texts(item.options.get(key)) for key in TEXT_OPTIONS)
            for key in LIST_OPTIONS:
                for raw in item.options.get(key) or ():
                    if isinstance(raw, Mapping):
                        yield _texts(raw.get("labels"))
                        yield _texts(raw.get("alt"))


def _texts(said: Any) -> Labels:
    known = said if isinstance(said, Mapping) else {}
    return {k: v for k, v in known.items() if isinstance(v, str)}


def person_type(survey: SurveyDef, snapshot: Snapshot) -> TypeDef | None:
    """The type of whoever answers: what `recipient` leads to, or the survey's own."""
    own = snapshot.types.get(survey.type)
    link = survey.sending.get("recipient")
    return target_of(own, link, survey.form, snapshot) if link else own


def display(f: FieldDef, value: Any) -> str:
    return f.type.display(f, value, Names())
