"""Text, compared in its normalised form (`crm_config.norm`): letter case and width do not count."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm_config.expressions import Like
from crm_config.operators.base import PRESENCE, OperandKind, Operator, Reads, Ref, by_key, negation
from crm_config.operators.compare import Comparison, OneOf


@dataclass(frozen=True, eq=False)
class Part(Operator):
    """The text holds another at its start, at its end or anywhere."""

    operand: OperandKind = field(default="part")
    reads: Reads = field(default="norm")
    start: bool = False
    end: bool = False

    def test(self, stored: str, operand: str) -> bool:
        if self.start:
            return stored.startswith(operand)
        return stored.endswith(operand) if self.end else operand in stored

    def q(self, ref: Ref, operand: str) -> Q:
        return ref.present & Q(Like(ref.value, operand, start=self.start, end=self.end))


EQ = Comparison(
    "eq", _("is"), _("%(field)s is %(value)s"), operand="text", reads="norm", symbol="="
)
NEQ = negation(EQ, "neq", _("is not"), _("%(field)s is not %(value)s"))
IN = OneOf("in", _("is one of"), _("%(field)s is one of %(value)s"), operand="texts", reads="norm")
NOT_IN = negation(IN, "not_in", _("is none of"), _("%(field)s is none of %(value)s"))
CONTAINS = Part("contains", _("contains"), _("%(field)s contains %(value)s"))
NOT_CONTAINS = negation(
    CONTAINS, "not_contains", _("does not contain"), _("%(field)s does not contain %(value)s")
)
STARTS_WITH = Part(
    "starts_with", _("starts with"), _("%(field)s starts with %(value)s"), start=True
)
ENDS_WITH = Part("ends_with", _("ends with"), _("%(field)s ends with %(value)s"), end=True)

OPERATORS = {
    **by_key(EQ, NEQ, CONTAINS, NOT_CONTAINS, STARTS_WITH, ENDS_WITH, IN, NOT_IN),
    **PRESENCE,
}
