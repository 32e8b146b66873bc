"""What stands beside the rows: the sentence, how many records match and which first, and what is not right yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm_config.conditions.api import (
    Condition,
    ConditionInvalid,
    ConditionProblem,
    Context,
    NotInSql,
    parse,
)
from crm_config.definitions import FieldDef
from records.access import Access
from records.builder.desk import Desk
from records.selectors.condition_words import sentence
from records.selectors.conditions import Sight
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
    if not desk.use.counted:
        return Answer(words)
    found, silent = _matches(condition, desk)
    return Answer(words, found, silent)


def _matches(condition: Condition, desk: Desk) -> tuple[Matches | None, str]:
    live = desk.access.snapshot.types.get(desk.record_type.key)
    if live is None or live.retired:
        return None, _("Records of this type are not kept yet: there is nothing to count.")
    if not desk.access.may("view", live):
        return None, _("You may not see records of this type, so that nothing is counted for you.")
    try:
        asked = parse(condition.raw, as_far_as_seen(desk))
        return matches(asked, live, access=desk.access), ""
    except ConditionInvalid:
        return None, _("It asks about what you may not read, so that nothing is counted for you.")
    except NotInSql:
        return None, _("It asks about changes: that cannot be counted.")


def as_far_as_seen(desk: Desk) -> Context:
    """Rules have the system's authority; whoever tries one is told no more than a filter would tell them."""
    if not desk.use.ruled:
        return desk.context
    return replace(desk.context, readable=_readable(desk.access), reach=Sight(desk.access))


def _readable(access: Access) -> Callable[[FieldDef], bool]:
    """Fields that are in the working copy alone hold nothing yet."""

    def readable(f: FieldDef) -> bool:
        live = access.snapshot.types.get(f.record_type)
        if live is None or not (f.key in live.fields or f.key in live.system):
            return True
        return f.key in access.readable(live)

    return readable


def count_text(count: Count) -> str:
    number: Any = intcomma(count.number)
    if count.capped:
        return _("More than %(number)s records match") % {"number": number}
    said = ngettext("%(number)s record matches", "%(number)s records match", count.number)
    return said % {"number": number}
