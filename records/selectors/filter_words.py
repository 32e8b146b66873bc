"""The parts of a list's filter in plain words, with the names of whom and what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.api import Condition, ConditionInvalid, Names, parse
from crm_config.conditions.tree import InSegment
from crm_config.definitions import TypeDef
from records.access import Access
from records.selectors.borrowed import UNAVAILABLE
from records.selectors.condition_words import names_in
from records.selectors.conditions import list_context


@dataclass(frozen=True)
class Part:
    """One part of a filter. `problem` says why it cannot be used; it has no words then. `segment` is the
    key of the segment that it asks for, where it asks for nothing else."""

    words: str
    problem: str = ""
    segment: str = ""


def said(
    parts: Sequence[Any], record_type: TypeDef, *, access: Access, known: Names | None = None
) -> list[Part]:
    """`known` are names fetched already: only others are asked for. A part that is a segment's is told by its
    name alone."""
    context = list_context(record_type, access)
    read: list[Condition | ConditionInvalid] = []
    for raw in parts:
        try:
            read.append(parse(raw, context))
        except ConditionInvalid as invalid:
            read.append(invalid)
    usable = (each for each in read if isinstance(each, Condition))
    names = names_in(usable, access=access, known=known)
    return [
        Part("", _("It asks about something that is not available to you."))
        if raw == UNAVAILABLE
        else _part(each, names)
        for raw, each in zip(parts, read, strict=True)
    ]


def _part(read: Condition | ConditionInvalid, names: Names) -> Part:
    if isinstance(read, ConditionInvalid):
        return Part("", "; ".join(p.message for p in read.problems))
    if isinstance(read.tree, InSegment):
        use = read.tree.use
        return Part(_("Segment: %(segment)s") % {"segment": use.label}, segment=use.key)
    return Part(read.words(names))
