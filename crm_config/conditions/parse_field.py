"""Comparisons: a field, an operator, and a value or another field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions import paths, readers
from crm_config.conditions.contexts import Context
from crm_config.conditions.operands import Operand
from crm_config.conditions.paths import FieldPath
from crm_config.conditions.places import Refused, only, under
from crm_config.conditions.readers import MISSING, OperandRefused, Reading
from crm_config.conditions.tree import Compare, CompareFields, Node
from crm_config.norm import keeps_norm
from crm_config.operators.base import Operator


def comparison(raw: Mapping[str, Any], place: str, context: Context) -> Node:
    only(raw, place, "field", "op", "value")
    path = named_path(raw["field"], under(place, "field"), context)
    operator = named_operator(raw, place, path.field.type.operators)
    _refuse_uncompared(path, operator, under(place, "field"))
    value = raw.get("value", MISSING)
    if isinstance(value, Mapping) and set(value) == {"field"}:
        return _two_fields(path, operator, value["field"], place, context)
    return Compare(path, operator, read_operand(context, path, operator, value, place))


def named_path(raw: Any, place: str, context: Context) -> FieldPath:
    if not isinstance(raw, str) or not raw:
        raise Refused(place, _("Name a field."))
    links = context.limits.links if context.follows else 0
    try:
        return paths.resolve(raw, context.types, context.snapshot, context.readable, links=links)
    except paths.NoSuchField as error:
        message = _("There is no field “%(key)s”.") % {"key": error.key}
    except paths.NotALink as error:
        message = _("“%(key)s” does not link to records.") % {"key": error.key}
    except paths.MixedKinds as error:
        message = _("“%(key)s” is of different kinds in the types it can mean.") % {
            "key": error.key
        }
    except paths.TooManyLinks:
        message = _("A path may follow at most %(limit)s links here.") % {"limit": links}
    raise Refused(place, message)


def named_operator(
    raw: Mapping[str, Any], place: str, operators: Mapping[str, Operator]
) -> Operator:
    key = raw.get("op")
    if isinstance(key, str) and key in operators:
        return operators[key]
    known = {"op": key or "", "known": ", ".join(operators)}
    raise Refused(under(place, "op"), _("“%(op)s” does not fit. These do: %(known)s.") % known)


def read_operand(
    context: Context, path: FieldPath, operator: Operator, value: Any, place: str
) -> Operand:
    try:
        return readers.read(Reading(context, path.fields, operator), value)
    except OperandRefused as refused:
        raise Refused(under(place, "value") + refused.place, refused.message) from refused


def _two_fields(
    path: FieldPath, operator: Operator, raw: Any, place: str, context: Context
) -> Node:
    if not operator.symbol:
        raise Refused(under(place, "op"), _("This operator does not compare two fields."))
    place = under(place, "value.field")
    other = named_path(raw, place, context)
    if paths.kind(other.field) != paths.kind(path.field):
        raise Refused(place, _("The two fields are of different kinds."))
    _refuse_uncompared(other, operator, place)
    return CompareFields(path, operator, other)


def _refuse_uncompared(path: FieldPath, operator: Operator, place: str) -> None:
    """A long text whose normalised form is not kept would be found by nothing, without a word."""
    if operator.reads == "norm" and not all(map(keeps_norm, path.fields.values())):
        message = _("This long text cannot be compared: mark the field as filterable first.")
        raise Refused(place, message)
