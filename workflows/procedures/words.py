"""Procedures in words: one as a sentence, and their differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.conditions.api import ConditionInvalid, Names
from crm_config.definitions import Snapshot
from crm_config.diff import Difference
from crm_config.words.plain import NOTHING, changed_languages, shown, shown_labels
from crm_config.words.registry import SectionWords
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary
from workflows.procedures.conditions import read
from workflows.procedures.definitions import MODES, MOMENTS, ProcedureDef

WHOLE = 2
PARTS = {
    "moments": gettext_lazy("Its moments change."),
    "when": gettext_lazy("The records it is about change."),
    "must": gettext_lazy("What must hold changes."),
    "mode": gettext_lazy("What happens otherwise changes."),
    "approval": gettext_lazy("Another approval process is asked."),
    "type": gettext_lazy("It is about other records."),
}


def told(procedure: ProcedureDef, snapshot: Snapshot, names: Names | None = None) -> list[str]:
    """Its sentences: when, for which records, what must hold, and what happens otherwise."""
    try:
        rule = read(procedure, snapshot)
    except ConditionInvalid as invalid:
        return [_("It cannot be read: %(problem)s") % {"problem": invalid.problems[0]}]
    said = [_("Asked %(moments)s.") % {"moments": ", ".join(moments_of(procedure))}]
    if rule.when is not None:
        said.append(_("It is about records where: %(words)s") % {"words": rule.when.words(names)})
    said.append(_("It must hold that: %(words)s") % {"words": rule.must.words(names)})
    said.append(_("Otherwise: %(mode)s") % {"mode": MODES[procedure.mode]})
    return said


def moments_of(procedure: ProcedureDef) -> list[str]:
    return [str(words) for key, words in MOMENTS.items() if key in procedure.moments]


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    if len(difference.path) == WHOLE:
        if difference.kind == "added":
            return say(_("The procedure is added."))
        return say(_("The procedure is taken away: nothing holds it any more."))
    part = difference.path[WHOLE]
    if part == "retired":
        return say(
            _("The procedure is archived: it is not held any more.")
            if difference.after
            else _("The procedure is in use again.")
        )
    if part in ("labels", "message", "description"):
        languages = changed_languages(difference.before, difference.after)
        return say(_("Its texts change in {languages}."), languages=languages)
    return say(str(PARTS.get(part, _("The procedure changes."))))


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Mapping) and "moments" in value and "must" in value:
        return ProcedureDef.of(value).label
    part = difference.path[-1]
    if part in ("labels", "message", "description"):
        return shown_labels(value)
    if part == "mode":
        return str(MODES.get(value, value))
    if part == "moments":
        return ", ".join(str(MOMENTS.get(key, key)) for key in value)
    return shown(value)


WORDS = SectionWords(label=gettext_lazy("Procedures"), describe=describe, show=show)
