"""The conditions' front door: everything outside this package comes in here.

    condition = parse({"field": "amount", "op": "gte", "value": 1000}, ruling(snapshot, deal))
    rows.filter(condition.q(standpoint))
    condition.test(subject, standpoint)

Which context to parse in: `filtering` for what a user builds, `ruling` for administrators' rules,
`watching` for triggers and procedures, `computing` for rollups, `answering` for public forms.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_config.conditions.alike import alike
from crm_config.conditions.contexts import (
    Context,
    answering,
    computing,
    filtering,
    ruling,
    watching,
)
from crm_config.conditions.dynamic import DYNAMICS
from crm_config.conditions.errors import ConditionInvalid, ConditionProblem, NotInSql
from crm_config.conditions.evaluate import evaluate
from crm_config.conditions.named import named
from crm_config.conditions.parse import parse as parse_tree
from crm_config.conditions.reach import EVERYWHERE, Reach
from crm_config.conditions.references import Path, references
from crm_config.conditions.schema import json_schema
from crm_config.conditions.segments import SegmentUse
from crm_config.conditions.sql import to_q
from crm_config.conditions.standpoint import Standpoint
from crm_config.conditions.subjects import StoredSubject, Subject
from crm_config.conditions.trace import Trace
from crm_config.conditions.tree import AllOf, AnyOf, Node, constant
from crm_config.conditions.value_words import PERIODS
from crm_config.conditions.words import sentence
from crm_config.field_types.base import Names

if TYPE_CHECKING:
    from django.db.models import Q

__all__ = [
    "DYNAMICS",
    "EVERYWHERE",
    "PERIODS",
    "Condition",
    "ConditionInvalid",
    "ConditionProblem",
    "Context",
    "Names",
    "NotInSql",
    "Reach",
    "SegmentUse",
    "Standpoint",
    "StoredSubject",
    "Subject",
    "Trace",
    "all_of",
    "answering",
    "any_of",
    "computing",
    "filtering",
    "json_schema",
    "parse",
    "ruling",
    "watching",
]


def parse(raw: Any, context: Context) -> Condition:
    """Read a condition's JSON. Raises `ConditionInvalid`, which names each place that is wrong."""
    return Condition(parse_tree(raw, context), copy.deepcopy(raw), context)


def all_of(conditions: Sequence[Condition]) -> Condition:
    """That every one of them holds; they are read in one context, and at least one."""
    return _joined(AllOf, "all", conditions)


def any_of(conditions: Sequence[Condition]) -> Condition:
    return _joined(AnyOf, "any", conditions)


def _joined(group: type[AllOf | AnyOf], key: str, conditions: Sequence[Condition]) -> Condition:
    first = conditions[0]
    if len(conditions) == 1:
        return first
    tree = group(tuple(c.tree for c in conditions))
    return Condition(tree, {key: [c.raw for c in conditions]}, first.context)


@dataclass(frozen=True, eq=False)
class Condition:
    """A condition that was read and checked against one snapshot, in one context."""

    tree: Node
    raw: Any
    context: Context

    def q(self, standpoint: Standpoint) -> Q:
        """For a queryset of records of the context's types; its negation is exact. Raises `NotInSql`
        for what asks about changes."""
        return to_q(self.tree, standpoint, reach=self.context.reach)

    def test(
        self, subject: Subject, standpoint: Standpoint, *, before: Subject | None = None
    ) -> bool:
        """The verdict on one record or draft. `before` is the record as it was, None for a new one."""
        reach = self.context.reach
        return bool(
            evaluate(self.tree, subject, standpoint, before=before, reach=reach, whole=False)
        )

    def trace(
        self, subject: Subject, standpoint: Standpoint, *, before: Subject | None = None
    ) -> Trace:
        """The verdict with those of all parts, and the values they saw."""
        return evaluate(self.tree, subject, standpoint, before=before, reach=self.context.reach)

    def words(self, names: Names | None = None) -> str:
        """A sentence in the active language. `names` tells those of users, teams and records."""
        return sentence(self.tree, names or Names())

    def references(self) -> frozenset[Path]:
        """The types, fields, options and segments it relies on, as paths in the payload."""
        return references(self.tree)

    def named(self) -> Mapping[str, frozenset[int]]:
        """The ids that its operands name, by kind: `users`, `teams`, `records`. For `words`."""
        found: dict[str, set[int]] = {"users": set(), "teams": set(), "records": set()}
        for kind, pk in named(self.tree):
            found[kind].add(pk)
        return {kind: frozenset(ids) for kind, ids in found.items()}

    def means_the_same(self, other: Condition) -> bool:
        """Whether two single comparisons do, however each was written."""
        return alike(self.tree, other.tree)

    def json(self) -> Any:
        """The JSON it was read from."""
        return copy.deepcopy(self.raw)

    @property
    def constant(self) -> bool | None:
        """True or False where it says so for whatever record; grants refuse such a condition."""
        return constant(self.tree)
