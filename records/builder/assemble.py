"""From rows to the condition's JSON, with whatever is wrong at the row that it is wrong in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.api import Condition, ConditionInvalid, ConditionProblem, parse
from records.builder.desk import Desk
from records.builder.rows import rows_of
from records.builder.rows.base import NOTHING, Row
from records.builder.sheet import Sheet


@dataclass
class Assembled:
    """`raw` is None for no condition. `condition` is None while something is wrong, or there is none."""

    rows: Row
    raw: Any = None
    condition: Condition | None = None
    problems: list[ConditionProblem] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not self.problems

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(id of the row, what is wrong)."""
        return [(row.id, fault) for row in self.rows.walk() for fault in row.faults]


def assemble(sheet: Sheet, desk: Desk) -> Assembled:
    rows = rows_of(sheet, desk)
    raw = rows.json()
    found = Assembled(rows, None if raw is NOTHING else raw)
    found.problems = [
        ConditionProblem(row.place, fault) for row in rows.walk() for fault in row.faults
    ]
    if found.raw is None:
        return found
    try:
        condition = parse(found.raw, desk.context)
    except ConditionInvalid as invalid:
        for problem in invalid.problems:
            _at(problem.place, rows).faults.append(problem.message)
        found.problems += invalid.problems
    else:
        found.condition = None if found.problems else condition
    return found


def refuse_constant(found: Assembled) -> None:
    """Where a condition must not say “everybody” or “nobody” without saying it."""
    if found.condition is not None and found.condition.constant is not None:
        always = _("This holds for every record.")
        message = always if found.condition.constant else _("This holds for no record.")
        found.rows.faults.append(message)
        found.problems.append(ConditionProblem("", message))


def _at(place: str, rows: Row) -> Row:
    """The innermost row that a place in the JSON lies in."""
    fitting = [row for row in rows.walk() if _within(place, row.place)]
    # A frame for show stands at the same place as the part in it, and before it.
    return max(reversed(fitting), key=lambda row: len(row.place))


def _within(place: str, of: str) -> bool:
    return not of or place == of or place.startswith((f"{of}.", f"{of}["))
