"""Numbers, and whatever else is ordered by its stored value, such as a time or a duration."""

from django.utils.translation import gettext_lazy as _

from crm_config.operators.base import PRESENCE, by_key, negation
from crm_config.operators.compare import Between, Comparison, OneOf

EQ = Comparison("eq", _("is"), _("%(field)s is %(value)s"), symbol="=")
NEQ = negation(EQ, "neq", _("is not"), _("%(field)s is not %(value)s"))
IN = OneOf("in", _("is one of"), _("%(field)s is one of %(value)s"), operand="many")
NOT_IN = negation(IN, "not_in", _("is none of"), _("%(field)s is none of %(value)s"))
GT = Comparison("gt", _("is more than"), _("%(field)s is more than %(value)s"), symbol=">")
GTE = Comparison("gte", _("is at least"), _("%(field)s is at least %(value)s"), symbol=">=")
LT = Comparison("lt", _("is less than"), _("%(field)s is less than %(value)s"), symbol="<")
LTE = Comparison("lte", _("is at most"), _("%(field)s is at most %(value)s"), symbol="<=")
BETWEEN = Between("between", _("is between"), _("%(field)s is between %(value)s"), operand="range")

OPERATORS = {**by_key(EQ, NEQ, GT, GTE, LT, LTE, BETWEEN, IN, NOT_IN), **PRESENCE}
