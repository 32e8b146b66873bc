"""Approval processes in words: who is asked, and their differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import Snapshot
from crm_config.diff import Difference
from crm_config.words.plain import NOTHING, changed_languages, shown, shown_labels
from crm_config.words.registry import SectionWords
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary
from workflows.approvals.definitions import LEADS, NEEDS, ProcessDef, StepDef

WHOLE = 2


def step_words(step: StepDef, snapshot: Snapshot, record_type: str) -> str:
    """“Managers, or Ann: one of them is enough, within 24 hours”."""
    who = ", ".join(approver(each, snapshot, record_type) for each in step.approvers)
    said = f"{who}: {NEEDS.get(step.needs, step.needs)}"
    if step.needs == "n":
        said = _("%(who)s: %(number)s of them") % {"who": who, "number": step.n}
    if step.due_hours:
        said += ", " + _("within %(hours)s hours") % {"hours": step.due_hours}
    return said


def approver(who: Mapping[str, Any], snapshot: Snapshot, record_type: str) -> str:
    if "role" in who:
        role = snapshot.roles.get(who["role"])
        return role.label if role else str(who["role"])
    if "user" in who:
        return str(who["user"])
    if "team_lead_of" in who:
        return str(LEADS.get(who["team_lead_of"], who["team_lead_of"]))
    found = snapshot.types.get(record_type)
    f = found.fields.get(who["field"]) if found else None
    return _("whom “%(field)s” names") % {"field": f.label if f else who["field"]}


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    if len(difference.path) == WHOLE:
        if difference.kind == "added":
            return say(_("The approval process is added."))
        return say(_("The approval process is taken away."))
    part = difference.path[WHOLE]
    if part == "retired":
        return say(
            _("The approval process is archived: nothing new can be asked by it.")
            if difference.after
            else _("The approval process is in use again.")
        )
    if part == "labels":
        languages = changed_languages(difference.before, difference.after)
        return say(_("Its name changes in {languages}."), languages=languages)
    if part == "different_from_requester":
        return say(
            _("Nobody approves any more what they asked for themselves.")
            if difference.after is not False
            else _("Who asks may also approve.")
        )
    return say(_("Its steps, and who is asked in them, change."))


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Mapping) and "steps" in value:
        return ProcessDef.of(value).label
    if difference.path[-1] == "labels":
        return shown_labels(value)
    return shown(value)


WORDS = SectionWords(label=gettext_lazy("Approvals"), describe=describe, show=show)
