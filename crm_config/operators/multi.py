"""Several options at once: the stored value is a sorted list of unique option keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm_config.expressions import ArrayEquals, ArrayHas, ArrayHasAny, never
from crm_config.operators.base import PRESENCE, Operator, Ref, by_key, negation


@dataclass(frozen=True, eq=False)
class HasAny(Operator):
    def test(self, stored: Sequence[str], operand: Sequence[str]) -> bool:
        return not set(operand).isdisjoint(stored)

    def q(self, ref: Ref, operand: Sequence[str]) -> Q:
        return ref.present & Q(ArrayHasAny(ref.value, operand)) if operand else never()


@dataclass(frozen=True, eq=False)
class HasAll(Operator):
    def test(self, stored: Sequence[str], operand: Sequence[str]) -> bool:
        return set(operand) <= set(stored)

    def q(self, ref: Ref, operand: Sequence[str]) -> Q:
        return ref.present & Q(ArrayHas(ref.value, operand))


@dataclass(frozen=True, eq=False)
class Equals(Operator):
    def test(self, stored: Sequence[str], operand: Sequence[str]) -> bool:
        return set(operand) == set(stored)

    def q(self, ref: Ref, operand: Sequence[str]) -> Q:
        return ref.present & Q(ArrayEquals(ref.value, operand))


HAS_ANY = HasAny("has_any", _("has any of"), _("%(field)s has any of %(value)s"), operand="many")
HAS_ALL = HasAll("has_all", _("has all of"), _("%(field)s has all of %(value)s"), operand="many")
HAS_NONE = negation(HAS_ANY, "has_none", _("has none of"), _("%(field)s has none of %(value)s"))
EQUALS = Equals("equals", _("is exactly"), _("%(field)s is exactly %(value)s"), operand="many")

OPERATORS = {**by_key(HAS_ANY, HAS_ALL, HAS_NONE, EQUALS), **PRESENCE}
