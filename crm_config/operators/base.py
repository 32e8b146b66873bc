"""What an operator is, and the two that every field type has: `is_set` and `is_empty`.

Logic is two-valued: an operator is asked only about a value that is there, and is false
where there is none. Whatever is to hold for an empty value too (`neq`, `is_empty`) is the negation
of one that does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: What stands at the right; `crm_config.conditions.readers` has a reader for each.
OperandKind = Literal[
    "none",
    "one",
    "many",
    "range",
    "text",
    "texts",
    "part",
    "moment",
    "moments",
    "moment_range",
    "period",
    "records",
]

#: What stands at the left: the stored comparable, its normalised text, the linked records' ids, or
#: whether there is a value (an amount without a known rate is there, and has no comparable).
Reads = Literal["value", "norm", "links", "presence"]

#: An operator with a symbol can compare two fields of one kind.
Symbol = Literal["", "=", ">", ">=", "<", "<="]


def unchanged(operand: Any) -> Any:
    return operand


@dataclass(frozen=True)
class Ref:
    """The left side in SQL.

    `present` is true or false, never NULL, for each row; `param` turns a stored comparable into
    what `value` can be compared with. For links, `linked_to` tells whether one of the ids is linked.
    """

    value: Any
    present: Q
    param: Callable[[Any], Any] = unchanged
    linked_to: Callable[[Iterable[int]], Q] | None = None


@dataclass(frozen=True, eq=False)
class Operator:
    """One operator of one family. Subclasses say how it tests in Python (`test`) and in SQL (`q`).

    `label` stands in a menu, `phrase` in a sentence, with `%(field)s` and `%(value)s`.
    """

    key: str
    label: Promise | str
    phrase: Promise | str
    operand: OperandKind = "one"
    reads: Reads = "value"
    symbol: Symbol = ""
    negates: Operator | None = None

    @property
    def positive(self) -> Operator:
        """The operator that is evaluated: this one, or the one whose negation it is."""
        return self.negates or self

    @property
    def negated(self) -> bool:
        return self.negates is not None

    def test(self, stored: Any, operand: Any) -> bool:
        """`stored` is never None."""
        raise NotImplementedError

    def q(self, ref: Ref, operand: Any) -> Q:
        """The same in SQL: never NULL, so that its negation is exact."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class Negation(Operator):
    """True exactly where the operator it negates is false, and so for an empty value."""

    def test(self, stored: Any, operand: Any) -> bool:
        return not self.positive.test(stored, operand)

    def q(self, ref: Ref, operand: Any) -> Q:
        return ~self.positive.q(ref, operand)


def negation(of: Operator, key: str, label: Promise | str, phrase: Promise | str) -> Negation:
    return Negation(
        key, label, phrase, operand=of.operand, reads=of.reads, symbol=of.symbol, negates=of
    )


@dataclass(frozen=True, eq=False)
class IsSet(Operator):
    operand: OperandKind = field(default="none")
    reads: Reads = field(default="presence")

    def test(self, stored: Any, operand: Any) -> bool:
        return bool(stored)

    def q(self, ref: Ref, operand: Any) -> Q:
        return ref.present


def by_key(*operators: Operator) -> Mapping[str, Operator]:
    return {operator.key: operator for operator in operators}


IS_SET = IsSet("is_set", _("is filled in"), _("%(field)s is filled in"))
IS_EMPTY = negation(IS_SET, "is_empty", _("is empty"), _("%(field)s is empty"))

PRESENCE = by_key(IS_SET, IS_EMPTY)
#: For fields that can only be there or not, such as files.
OPERATORS = PRESENCE
