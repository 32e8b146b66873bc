"""What stands beside the rows: the sentence, how many records match and which first, and what is not right yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm_config.conditions.api import Condition, ConditionProblem, NotInSql
from records.builder.desk import Desk
from records.selectors.condition_words import sentence
from records.selectors.lists import Count
from records.selectors.matching import Matches, matches


@dataclass(frozen=True)
class Answer:
    """`silent` says why nothing is counted."""

    words: str = ""
    matches: Matches | None = None
    silent: str = ""
    problems: list[ConditionProblem] = field(default_factory=list)

    @property
    def count_text(self) -> str:
        return count_text(self.matches.count) if self.matches else ""


def answer(condition: Condition | None, problems: list[ConditionProblem], desk: Desk) -> Answer:
    if problems:
        return Answer(problems=problems)
    if condition is None:
        return Answer(silent=_("No condition yet: nothing is asked."))
    words = sentence(condition, access=desk.access)
    found, silent = _matches(condition, desk)
    return Answer(words, found, silent)


def _matches(condition: Condition, desk: Desk) -> tuple[Matches | None, str]:
    live = desk.access.snapshot.types.get(desk.record_type.key)
    if live is None or live.retired:
        return None, _("Records of this type are not kept yet: there is nothing to count.")
    if not desk.access.may("view", live):
        return None, _("You may not see records of this type, so that nothing is counted for you.")
    try:
        return matches(condition, live, access=desk.access), ""
    except NotInSql:
        return None, _("It asks about changes: that cannot be counted.")


def count_text(count: Count) -> str:
    number: Any = intcomma(count.number)
    if count.capped:
        return _("More than %(number)s records match") % {"number": number}
    said = ngettext("%(number)s record matches", "%(number)s records match", count.number)
    return said % {"number": number}
