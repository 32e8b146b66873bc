"""Comparisons that several families share: equal, one of, greater, less, between."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    LessThan,
    LessThanOrEqual,
    Lookup,
)

from crm_config.expressions import never
from crm_config.operators.base import Operator, Ref

LOOKUPS: dict[str, type[Lookup]] = {
    "=": Exact,
    ">": GreaterThan,
    ">=": GreaterThanOrEqual,
    "<": LessThan,
    "<=": LessThanOrEqual,
}
TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def holds(ref: Ref, symbol: str, operand: Any) -> Q:
    """`value symbol operand`, false where the value is missing."""
    return ref.present & Q(LOOKUPS[symbol](ref.value, ref.param(operand)))


def holds_between(left: Ref, symbol: str, right: Ref) -> Q:
    """The same of two values in SQL."""
    return left.present & right.present & Q(LOOKUPS[symbol](left.value, right.value))


@dataclass(frozen=True, eq=False)
class Comparison(Operator):
    """By its `symbol`, with one operand."""

    def test(self, stored: Any, operand: Any) -> bool:
        return TESTS[self.symbol](stored, operand)

    def q(self, ref: Ref, operand: Any) -> Q:
        return holds(ref, self.symbol, operand)


@dataclass(frozen=True, eq=False)
class OneOf(Operator):
    def test(self, stored: Any, operand: Sequence[Any]) -> bool:
        return stored in operand

    def q(self, ref: Ref, operand: Sequence[Any]) -> Q:
        if not operand:
            return never()
        return ref.present & Q(In(ref.value, [ref.param(value) for value in operand]))


@dataclass(frozen=True, eq=False)
class Between(Operator):
    """Both ends belong to it."""

    def test(self, stored: Any, operand: tuple[Any, Any]) -> bool:
        low, high = operand
        return bool(low <= stored <= high)

    def q(self, ref: Ref, operand: tuple[Any, Any]) -> Q:
        low, high = operand
        return holds(ref, ">=", low) & holds(ref, "<=", high)
