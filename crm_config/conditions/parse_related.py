"""Relations: whether some, none or all of the related records fit, and figures over those that do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from django.utils.translation import gettext as _

from crm_config.conditions import paths
from crm_config.conditions.contexts import Context
from crm_config.conditions.operands import Literal as Fixed
from crm_config.conditions.operands import Operand, Pair
from crm_config.conditions.parse_field import named_operator, named_path, read_operand
from crm_config.conditions.paths import FieldPath, Relation
from crm_config.conditions.places import Refused, only, under
from crm_config.conditions.readers import MISSING
from crm_config.conditions.tree import Aggregate, Node, Related
from crm_config.definitions import FieldDef
from crm_config.operators import number
from crm_config.operators.base import Operator

QUANTIFIERS = ("some", "none", "all")
AGGREGATES = ("count", "sum", "min", "max")
MOST = 1_000_000_000
#: Of the numbers' operators, those that a number of records is compared by.
COUNTING = {key: o for key, o in number.OPERATORS.items() if o.operand in ("one", "range")}
#: Kinds of operand that a figure is not compared with.
_UNFIT = ("none", "many", "moments")


def say_one(raw: Mapping[str, Any], place: str) -> str:
    """What is asked of the relation."""
    only(raw, place, "related", "where", *QUANTIFIERS, *AGGREGATES)
    asked = [key for key in (*QUANTIFIERS, *AGGREGATES) if key in raw]
    if len(asked) != 1:
        known = {"keys": ", ".join((*QUANTIFIERS, *AGGREGATES))}
        raise Refused(place, _("Say one of: %(keys)s.") % known)
    return asked[0]


def named_relation(raw: Any, place: str, context: Context) -> Relation:
    if not isinstance(raw, str):
        raise Refused(place, _("Name a relation."))
    try:
        return paths.relation(raw, context.types, context.snapshot, context.readable)
    except LookupError as error:
        raise Refused(place, _("There is no relation “%(key)s”.") % {"key": raw}) from error


def asked_of(
    asked: str, raw: Mapping[str, Any], place: str, far: Context, relation: Relation, where: Node
) -> Node:
    if asked in AGGREGATES:
        return _aggregate(asked, raw[asked], under(place, asked), far, relation, where)
    if raw[asked] is not True:
        message = _("Write true here; the condition stands under “where”.")
        raise Refused(under(place, asked), message)
    if asked == "all" and "where" not in raw:
        raise Refused(place, _("Say under “where” what all of them must fit."))
    return Related(relation, where, cast(Literal["some", "none", "all"], asked))


def _aggregate(
    function: str, raw: Any, place: str, far: Context, relation: Relation, where: Node
) -> Node:
    if not isinstance(raw, Mapping):
        raise Refused(place, _('Give an operator and a value: {"op": "gte", "value": 3}.'))
    if function == "count":
        only(raw, place, "op", "value")
        operator = named_operator(raw, place, COUNTING)
        operand = _number_of_records(operator, raw.get("value"), under(place, "value"))
        return Aggregate(relation, where, "count", None, operator, operand)
    only(raw, place, "field", "op", "value")
    path = _figure(raw.get("field"), under(place, "field"), far, function)
    operator = named_operator(raw, place, ordering(path.field))
    operand = read_operand(far, path, operator, raw.get("value", MISSING), place)
    named = cast(Literal["sum", "min", "max"], function)
    return Aggregate(relation, where, named, path, operator, operand)


def _figure(raw: Any, place: str, far: Context, function: str) -> FieldPath:
    path = named_path(raw, place, far)
    if path.steps:
        raise Refused(place, _("Figures are over the related records' own fields."))
    if not ordering(path.field) or (function == "sum" and not path.field.type.numeric):
        raise Refused(place, _("“%(function)s” does not fit this field.") % {"function": function})
    return path


def ordering(field: FieldDef) -> Mapping[str, Operator]:
    """The operators that a figure over the field is compared by, if its values have an order."""
    operators = field.type.operators
    if "gte" not in operators:
        return {}
    return {key: o for key, o in operators.items() if o.operand not in _UNFIT}


def _number_of_records(operator: Operator, raw: Any, place: str) -> Operand:
    if operator.operand == "range" and isinstance(raw, list) and len(raw) == 2:
        return Pair(*(_number(each, place) for each in raw))
    return _number(raw, place)


def _number(raw: Any, place: str) -> Operand:
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw <= MOST:
        raise Refused(place, _("Give a whole number, zero or more."))
    return Fixed(raw, raw)
