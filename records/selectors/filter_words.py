"""The parts of a list's filter in plain words, with the names of whom and what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm_config.conditions.api import Condition, ConditionInvalid, Names, parse
from crm_config.definitions import TypeDef
from records.access import Access
from records.selectors.condition_words import names_in
from records.selectors.conditions import list_context


@dataclass(frozen=True)
class Part:
    """One part of a filter. `problem` says why it can no longer be used; it has no words then."""

    words: str
    problem: str = ""


def said(
    parts: Sequence[Any], record_type: TypeDef, *, access: Access, known: Names | None = None
) -> list[Part]:
    """`known` are names fetched already: only others are asked for."""
    context = list_context(record_type, access)
    read: list[Condition | ConditionInvalid] = []
    for raw in parts:
        try:
            read.append(parse(raw, context))
        except ConditionInvalid as invalid:
            read.append(invalid)
    usable = (each for each in read if isinstance(each, Condition))
    names = names_in(usable, access=access, known=known)
    return [_part(each, names) for each in read]


def _part(read: Condition | ConditionInvalid, names: Names) -> Part:
    if isinstance(read, ConditionInvalid):
        return Part("", "; ".join(p.message for p in read.problems))
    return Part(read.words(names))
