"""Yes and no. An unanswered field is neither."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm_config.operators.base import PRESENCE, OperandKind, Operator, Ref, by_key
from crm_config.operators.compare import holds


@dataclass(frozen=True, eq=False)
class Is(Operator):
    operand: OperandKind = field(default="none")
    wanted: bool = True

    def test(self, stored: bool, operand: Any) -> bool:
        return stored is self.wanted

    def q(self, ref: Ref, operand: Any) -> Q:
        return holds(ref, "=", self.wanted)


IS_TRUE = Is("is_true", _("is yes"), _("%(field)s is yes"), wanted=True)
IS_FALSE = Is("is_false", _("is no"), _("%(field)s is no"), wanted=False)

OPERATORS = {**by_key(IS_TRUE, IS_FALSE), **PRESENCE}
