"""One option of several."""

from django.utils.translation import gettext_lazy as _

from crm_config.operators.base import PRESENCE, by_key, negation
from crm_config.operators.compare import Comparison, OneOf

EQ = Comparison("eq", _("is"), _("%(field)s is %(value)s"), symbol="=")
NEQ = negation(EQ, "neq", _("is not"), _("%(field)s is not %(value)s"))
IN = OneOf("in", _("is one of"), _("%(field)s is one of %(value)s"), operand="many")
NOT_IN = negation(IN, "not_in", _("is none of"), _("%(field)s is none of %(value)s"))

OPERATORS = {**by_key(EQ, NEQ, IN, NOT_IN), **PRESENCE}
