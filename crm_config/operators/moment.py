"""Dates and points in time, compared with spans.

A day, a week or an instant is each a half-open span of stored text, so that one rule serves all: a
datetime "is" a day when it falls into it, and is after the day when it is not before its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm_config.expressions import apart, either, never
from crm_config.operators.base import PRESENCE, Operator, Ref, by_key, negation
from crm_config.operators.compare import Between, Comparison, OneOf, holds


@dataclass(frozen=True)
class Span:
    """`low <= stored < high`; None where it has no such end."""

    low: str | None
    high: str | None

    def holds(self, stored: str) -> bool:
        return self.reached(stored) and not self.passed(stored)

    def reached(self, stored: str) -> bool:
        return self.low is None or stored >= self.low

    def passed(self, stored: str) -> bool:
        return self.high is not None and stored >= self.high

    def q(self, ref: Ref) -> Q:
        return self.reached_q(ref) & self.before_end_q(ref)

    def reached_q(self, ref: Ref) -> Q:
        return ref.present if self.low is None else holds(ref, ">=", self.low)

    def passed_q(self, ref: Ref) -> Q:
        return never() if self.high is None else holds(ref, ">=", self.high)

    def before_end_q(self, ref: Ref) -> Q:
        return ref.present if self.high is None else holds(ref, "<", self.high)


@dataclass(frozen=True, eq=False)
class During(Operator):
    """Falls into the span."""

    def test(self, stored: str, operand: Span) -> bool:
        return operand.holds(stored)

    def q(self, ref: Ref, operand: Span) -> Q:
        return operand.q(ref)


@dataclass(frozen=True, eq=False)
class DuringAny(Operator):
    def test(self, stored: str, operand: Sequence[Span]) -> bool:
        return any(span.holds(stored) for span in operand)

    def q(self, ref: Ref, operand: Sequence[Span]) -> Q:
        return apart(either(span.q(ref) for span in operand))


@dataclass(frozen=True, eq=False)
class After(Operator):
    def test(self, stored: str, operand: Span) -> bool:
        return operand.passed(stored)

    def q(self, ref: Ref, operand: Span) -> Q:
        return operand.passed_q(ref)


@dataclass(frozen=True, eq=False)
class NotBefore(Operator):
    def test(self, stored: str, operand: Span) -> bool:
        return operand.reached(stored)

    def q(self, ref: Ref, operand: Span) -> Q:
        return operand.reached_q(ref)


@dataclass(frozen=True, eq=False)
class Before(Operator):
    def test(self, stored: str, operand: Span) -> bool:
        return not operand.reached(stored)

    def q(self, ref: Ref, operand: Span) -> Q:
        return never() if operand.low is None else holds(ref, "<", operand.low)


@dataclass(frozen=True, eq=False)
class NotAfter(Operator):
    def test(self, stored: str, operand: Span) -> bool:
        return not operand.passed(stored)

    def q(self, ref: Ref, operand: Span) -> Q:
        return operand.before_end_q(ref)


@dataclass(frozen=True, eq=False)
class FromTo(Operator):
    """From the first span's beginning to the second's end."""

    def test(self, stored: str, operand: tuple[Span, Span]) -> bool:
        first, last = operand
        return first.reached(stored) and not last.passed(stored)

    def q(self, ref: Ref, operand: tuple[Span, Span]) -> Q:
        first, last = operand
        return first.reached_q(ref) & last.before_end_q(ref)


EQ = During("eq", _("is on"), _("%(field)s is on %(value)s"), operand="moment", symbol="=")
NEQ = negation(EQ, "neq", _("is not on"), _("%(field)s is not on %(value)s"))
IN = DuringAny("in", _("is on one of"), _("%(field)s is on one of %(value)s"), operand="moments")
NOT_IN = negation(IN, "not_in", _("is on none of"), _("%(field)s is on none of %(value)s"))
GT = After("gt", _("is after"), _("%(field)s is after %(value)s"), operand="moment", symbol=">")
GTE = NotBefore(
    "gte",
    _("is on or after"),
    _("%(field)s is on or after %(value)s"),
    operand="moment",
    symbol=">=",
)
LT = Before("lt", _("is before"), _("%(field)s is before %(value)s"), operand="moment", symbol="<")
LTE = NotAfter(
    "lte",
    _("is on or before"),
    _("%(field)s is on or before %(value)s"),
    operand="moment",
    symbol="<=",
)
BETWEEN = FromTo(
    "between", _("is between"), _("%(field)s is between %(value)s"), operand="moment_range"
)
WITHIN = During("within", _("is within"), _("%(field)s is within %(value)s"), operand="period")

OPERATORS = {**by_key(EQ, NEQ, GT, GTE, LT, LTE, BETWEEN, WITHIN, IN, NOT_IN), **PRESENCE}

# A time of day is a moment of any day: the words are the same, the value is compared as it is.
TIME_EQ = Comparison("eq", _("is at"), _("%(field)s is at %(value)s"), symbol="=")
TIME_NEQ = negation(TIME_EQ, "neq", _("is not at"), _("%(field)s is not at %(value)s"))
TIME_IN = OneOf("in", _("is at one of"), _("%(field)s is at one of %(value)s"), operand="many")
TIME_NOT_IN = negation(
    TIME_IN, "not_in", _("is at none of"), _("%(field)s is at none of %(value)s")
)
TIME_GT = Comparison("gt", GT.label, GT.phrase, symbol=">")
TIME_GTE = Comparison(
    "gte", _("is at or after"), _("%(field)s is at or after %(value)s"), symbol=">="
)
TIME_LT = Comparison("lt", LT.label, LT.phrase, symbol="<")
TIME_LTE = Comparison(
    "lte", _("is at or before"), _("%(field)s is at or before %(value)s"), symbol="<="
)
TIME_BETWEEN = Between("between", BETWEEN.label, BETWEEN.phrase, operand="range")

TIME_OPERATORS = {
    **by_key(TIME_EQ, TIME_NEQ, TIME_GT, TIME_GTE, TIME_LT, TIME_LTE, TIME_BETWEEN),
    **by_key(TIME_IN, TIME_NOT_IN),
    **PRESENCE,
}
