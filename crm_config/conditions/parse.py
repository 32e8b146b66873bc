"""From JSON to a tree of nodes. Whatever is wrong is collected, each with its place in the JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, cast

from django.utils.translation import gettext as _

from crm_config.conditions import paths, readers
from crm_config.conditions.contexts import Context
from crm_config.conditions.errors import ConditionInvalid, ConditionProblem
from crm_config.conditions.operands import Literal as Fixed
from crm_config.conditions.operands import Operand, Pair
from crm_config.conditions.paths import FieldPath, Relation
from crm_config.conditions.readers import MISSING, OperandRefused, Reading
from crm_config.conditions.tree import (
    Aggregate,
    AllOf,
    AnyOf,
    Changed,
    ChangedTo,
    Compare,
    CompareFields,
    InSegment,
    Node,
    Not,
    Related,
    Was,
)
from crm_config.definitions import FieldDef
from crm_config.norm import keeps_norm
from crm_config.operators.base import Operator
from crm_config.operators.number import OPERATORS as COUNT_OPERATORS

QUANTIFIERS = ("some", "none", "all")
AGGREGATES = ("count", "sum", "min", "max")
#: Stands for a node that was refused, so that the rest can be looked at.
NOWHERE = AnyOf(())
#: Of the numbers' operators, those that a figure over related records is compared by.
COUNTING = {key: o for key, o in COUNT_OPERATORS.items() if o.operand in ("one", "range")}


class Refused(Exception):
    """A node cannot be read."""

    def __init__(self, place: str, message: str) -> None:
        self.problem = ConditionProblem(place, message)
        super().__init__(message)


def parse(raw: Any, context: Context) -> Node:
    """Raises `ConditionInvalid` with all problems found."""
    parser = _Parser(context)
    tree = parser.node(raw, "", context, depth=1, relations=0)
    if parser.problems:
        raise ConditionInvalid(parser.problems)
    return tree


class _Parser:
    def __init__(self, context: Context) -> None:
        self.limits = context.limits
        self.problems: list[ConditionProblem] = []
        self.count = 0

    def node(self, raw: Any, place: str, context: Context, *, depth: int, relations: int) -> Node:
        try:
            return self._node(raw, place, context, depth=depth, relations=relations)
        except Refused as refused:
            self.problems.append(refused.problem)
            return NOWHERE

    def _node(self, raw: Any, place: str, context: Context, *, depth: int, relations: int) -> Node:
        self.count += 1
        if self.count == self.limits.nodes + 1:
            raise Refused(place, _("The condition has too many parts; at most %(limit)s.") % {"limit": self.limits.nodes})  # fmt: skip
        if self.count > self.limits.nodes:
            return NOWHERE
        if depth > self.limits.depth:
            raise Refused(place, _("The condition is nested too deeply; at most %(limit)s levels.") % {"limit": self.limits.depth})  # fmt: skip
        kind = _kind(raw, place, context)
        return _KINDS[kind](self, raw, place, context, depth, relations)

    def _inner(self, raw: Any, place: str, context: Context, depth: int, relations: int) -> Node:
        return self.node(raw, place, context, depth=depth + 1, relations=relations)

    def _group(self, key: str, raw: Mapping[str, Any], place: str, *rest: Any) -> tuple[Node, ...]:
        _only(raw, place, key)
        place = _under(place, key)
        if not isinstance(raw[key], list):
            raise Refused(place, _("Give a list of conditions."))
        return tuple(self._inner(item, f"{place}[{i}]", *rest) for i, item in enumerate(raw[key]))

    def all_of(self, raw: Mapping[str, Any], place: str, *rest: Any) -> Node:
        return AllOf(self._group("all", raw, place, *rest))

    def any_of(self, raw: Mapping[str, Any], place: str, *rest: Any) -> Node:
        return AnyOf(self._group("any", raw, place, *rest))

    def negation(self, raw: Mapping[str, Any], place: str, *rest: Any) -> Node:
        _only(raw, place, "not")
        return Not(self._inner(raw["not"], _under(place, "not"), *rest))

    def comparison(self, raw: Mapping[str, Any], place: str, context: Context, *rest: Any) -> Node:
        _only(raw, place, "field", "op", "value")
        path = _path(raw["field"], _under(place, "field"), context)
        operator = _operator(raw, place, path)
        value = raw.get("value", MISSING)
        if isinstance(value, Mapping) and set(value) == {"field"}:
            return _compared_fields(path, operator, value["field"], place, context)
        return Compare(path, operator, _operand(context, path, operator, value, place))

    def related(
        self, raw: Mapping[str, Any], place: str, context: Context, depth: int, relations: int
    ) -> Node:
        _only(raw, place, "related", "where", *QUANTIFIERS, *AGGREGATES)
        if relations == self.limits.relations:
            raise Refused(place, _("At most %(limit)s relations may stand inside each other.") % {"limit": self.limits.relations})  # fmt: skip
        relation = _relation(raw["related"], _under(place, "related"), context)
        asked = [key for key in (*QUANTIFIERS, *AGGREGATES) if key in raw]
        if len(asked) != 1:
            raise Refused(place, _("Say one of: %(keys)s.") % {"keys": ", ".join((*QUANTIFIERS, *AGGREGATES))})  # fmt: skip
        far = context.of(relation.far)
        where: Node = AllOf(())
        if "where" in raw:
            where = self._inner(raw["where"], _under(place, "where"), far, depth, relations + 1)
        return _asked(asked[0], raw, place, far, relation, where)

    def segment(self, raw: Mapping[str, Any], place: str, context: Context, *rest: Any) -> Node:
        _only(raw, place, "segment")
        key, place = raw["segment"], _under(place, "segment")
        use = context.find_segment(key) if isinstance(key, str) else None
        if use is None:
            raise Refused(place, _("There is no segment “%(key)s”.") % {"key": key})
        if {key, *use.uses} & context.within:
            raise Refused(place, _("This segment refers back to the one being defined."))
        if use.record_type.key not in {t.key for t in context.types}:
            raise Refused(place, _("This segment is about records of another type."))
        return InSegment(use)

    def changed(self, raw: Mapping[str, Any], place: str, context: Context, *rest: Any) -> Node:
        _only(raw, place, "changed")
        path = _path(raw["changed"], _under(place, "changed"), context)
        if path.steps:
            raise Refused(
                _under(place, "changed"), _("Only the record's own fields can be watched.")
            )
        return Changed(path)

    def changed_to(self, raw: Mapping[str, Any], place: str, *rest: Any) -> Node:
        return ChangedTo(self._before(raw, "changed_to", place, *rest))

    def was(self, raw: Mapping[str, Any], place: str, *rest: Any) -> Node:
        return Was(self._before(raw, "was", place, *rest))

    def _before(
        self, raw: Mapping[str, Any], key: str, place: str, context: Context, *rest: Any
    ) -> Node:
        """What is asked of the record before: only about its own fields, for others have moved on."""
        _only(raw, place, key)
        own = _own_fields(context)
        return self._inner(raw[key], _under(place, key), own, *rest)


_KINDS: Mapping[str, Callable[..., Node]] = {
    "all": _Parser.all_of,
    "any": _Parser.any_of,
    "not": _Parser.negation,
    "field": _Parser.comparison,
    "related": _Parser.related,
    "segment": _Parser.segment,
    "changed": _Parser.changed,
    "changed_to": _Parser.changed_to,
    "was": _Parser.was,
}


def _own_fields(context: Context) -> Context:
    return replace(context, nodes=context.nodes & {"all", "any", "not", "field"}, follows=False)


def _kind(raw: Any, place: str, context: Context) -> str:
    if not isinstance(raw, Mapping):
        raise Refused(place, _('Give a condition, such as {"field": …, "op": …, "value": …}.'))
    kinds = [kind for kind in _KINDS if kind in raw]
    if not kinds:
        raise Refused(place, _("A condition holds one of: %(keys)s.") % {"keys": ", ".join(sorted(context.nodes))})  # fmt: skip
    # A quantifier of `related` may be called as a group is.
    kind = "related" if "related" in kinds else kinds[0]
    if kind not in context.nodes or (kind == "related" and not context.follows):
        raise Refused(place, _("“%(key)s” cannot be used here.") % {"key": kind})
    return kind


def _only(raw: Mapping[str, Any], place: str, *known: str) -> None:
    for key in raw:
        if key not in known:
            raise Refused(_under(place, str(key)), _("“%(key)s” is not known here.") % {"key": key})


def _under(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _path(raw: Any, place: str, context: Context) -> FieldPath:
    if not isinstance(raw, str) or not raw:
        raise Refused(place, _("Name a field."))
    links = context.limits.links if context.follows else 0
    try:
        return paths.resolve(raw, context.types, context.snapshot, context.readable, links=links)
    except paths.NoSuchField as error:
        raise Refused(place, _("There is no field “%(key)s”.") % {"key": error.key}) from error
    except paths.NotALink as error:
        raise Refused(
            place, _("“%(key)s” does not link to records.") % {"key": error.key}
        ) from error
    except paths.MixedKinds as error:
        raise Refused(
            place,
            _("“%(key)s” is of different kinds in the types that it can mean.")
            % {"key": error.key},
        ) from error
    except paths.TooManyLinks as error:
        message = _("A path may follow at most %(limit)s links here.") % {"limit": links}
        raise Refused(place, message) from error


def _relation(raw: Any, place: str, context: Context) -> Relation:
    if not isinstance(raw, str):
        raise Refused(place, _("Name a relation."))
    try:
        return paths.relation(raw, context.types, context.snapshot, context.readable)
    except LookupError as error:
        raise Refused(place, _("There is no relation “%(key)s”.") % {"key": raw}) from error


def _operator(raw: Mapping[str, Any], place: str, path: FieldPath) -> Operator:
    field = path.field
    key = raw.get("op")
    operator = field.type.operators.get(key) if isinstance(key, str) else None
    if operator is None:
        message = _("“%(op)s” does not fit this field. These do: %(known)s.") % {
            "op": "" if key is None else key,
            "known": ", ".join(field.type.operators),
        }
        raise Refused(_under(place, "op"), message)
    if operator.reads == "norm" and not all(map(keeps_norm, path.fields.values())):
        raise Refused(
            _under(place, "field"),
            _("This long text cannot be compared: mark the field as filterable first."),
        )
    return operator


def _operand(
    context: Context, path: FieldPath, operator: Operator, value: Any, place: str
) -> Operand:
    try:
        return readers.read(Reading(context, path.fields, operator), value)
    except OperandRefused as refused:
        raise Refused(_under(place, "value") + refused.place, refused.message) from refused


def _compared_fields(
    path: FieldPath, operator: Operator, raw: Any, place: str, context: Context
) -> Node:
    if not operator.symbol:
        raise Refused(_under(place, "op"), _("This operator does not compare two fields."))
    place = _under(place, "value.field")
    other = _path(raw, place, context)
    if paths.kind(other.field) != paths.kind(path.field):
        raise Refused(place, _("The two fields are of different kinds."))
    if not all(map(keeps_norm, other.fields.values())) and operator.reads == "norm":
        raise Refused(
            place, _("This long text cannot be compared: mark the field as filterable first.")
        )
    return CompareFields(path, operator, other)


def _asked(
    key: str, raw: Mapping[str, Any], place: str, far: Context, relation: Relation, where: Node
) -> Node:
    if key in AGGREGATES:
        return _aggregate(key, raw[key], _under(place, key), far, relation, where)
    if raw[key] is not True:
        raise Refused(_under(place, key), _("Write true here; the condition stands under “where”."))
    if key == "all" and "where" not in raw:
        raise Refused(place, _("Say under “where” what all of them must fit."))
    return Related(relation, where, cast(Literal["some", "none", "all"], key))


def _aggregate(
    function: str, raw: Any, place: str, far: Context, relation: Relation, where: Node
) -> Node:
    if not isinstance(raw, Mapping):
        raise Refused(place, _('Give an operator and a value: {"op": "gte", "value": 3}.'))
    counts = function == "count"
    _only(raw, place, *(("op", "value") if counts else ("field", "op", "value")))
    path = None if counts else _figure(raw.get("field"), _under(place, "field"), far, function)
    operators = COUNTING if path is None else _comparing(path.field)
    operator = operators.get(raw.get("op", "")) if isinstance(raw.get("op"), str) else None
    if operator is None:
        known = ", ".join(operators)
        raise Refused(_under(place, "op"), _("Use one of: %(known)s.") % {"known": known})
    value = raw.get("value", MISSING)
    operand = (
        _counts(operator, value, place)
        if path is None
        else _operand(far, path, operator, value, place)
    )
    named = cast(Literal["count", "sum", "min", "max"], function)
    return Aggregate(relation, where, named, path, operator, operand)


def _figure(raw: Any, place: str, far: Context, function: str) -> FieldPath:
    path = _path(raw, place, far)
    if path.steps:
        raise Refused(place, _("Only the related records' own fields can be added up."))
    field = path.field
    if not _comparing(field) or (function == "sum" and not field.type.numeric):
        raise Refused(place, _("“%(function)s” does not fit this field.") % {"function": function})
    return path


def _comparing(field: FieldDef) -> Mapping[str, Operator]:
    """The operators by which a figure can be judged, if the field's values have an order."""
    operators = field.type.operators
    if "gte" not in operators:
        return {}
    return {key: o for key, o in operators.items() if o.operand not in ("none", "many", "moments")}


def _counts(operator: Operator, raw: Any, place: str) -> Operand:
    numbers: Sequence[Any] = raw if operator.operand == "range" and isinstance(raw, list) else [raw]
    if len(numbers) != (2 if operator.operand == "range" else 1) or not all(
        map(_is_count, numbers)
    ):
        raise Refused(_under(place, "value"), _("Give a whole number, zero or more."))
    found = [Fixed(number, number) for number in numbers]
    return Pair(*found) if len(found) == 2 else found[0]


def _is_count(raw: Any) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= 1_000_000_000
