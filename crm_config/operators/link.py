"""Links to other records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm_config.expressions import never
from crm_config.operators.base import PRESENCE, OperandKind, Operator, Reads, Ref, by_key, negation


@dataclass(frozen=True, eq=False)
class LinkedTo(Operator):
    """At least one of the records is linked."""

    operand: OperandKind = field(default="records")
    reads: Reads = field(default="links")

    def test(self, stored: Sequence[int], operand: Sequence[int]) -> bool:
        return not set(operand).isdisjoint(stored)

    def q(self, ref: Ref, operand: Sequence[int]) -> Q:
        if not operand or ref.linked_to is None:
            return never()
        return ref.linked_to(operand)


LINKED_TO = LinkedTo("linked_to", _("is linked to"), _("%(field)s is linked to %(value)s"))
NOT_LINKED_TO = negation(
    LINKED_TO,
    "not_linked_to",
    _("is not linked to"),
    _("%(field)s is not linked to %(value)s"),
)

OPERATORS = {**by_key(LINKED_TO, NOT_LINKED_TO), **PRESENCE}
