"""From JSON to a tree of nodes. Whatever is wrong is collected, each with its place in the JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.contexts import GROUPS, Context
from crm_config.conditions.errors import ConditionInvalid, ConditionProblem
from crm_config.conditions.parse_field import comparison, named_path
from crm_config.conditions.parse_related import asked_of, named_relation, say_one
from crm_config.conditions.places import Refused, only, under
from crm_config.conditions.tree import (
    AllOf,
    AnyOf,
    Changed,
    ChangedTo,
    InSegment,
    Node,
    Not,
    Was,
    values_in,
)

#: Stands for a node that was refused, so that the rest can be looked at.
NOWHERE = AnyOf(())


def parse(raw: Any, context: Context) -> Node:
    """Raises `ConditionInvalid` with all problems found."""
    parser = _Parser(context)
    tree = parser.node(raw, "", context, 1, 0)
    if values_in(tree) > context.limits.all_values:
        limit = {"limit": context.limits.all_values}
        message = _("The lists hold too many values; at most %(limit)s together.") % limit
        parser.problems.append(ConditionProblem("", message))
    if parser.problems:
        raise ConditionInvalid(parser.problems)
    return tree


class _Parser:
    """The methods by kind take the node, its place and context, and how deep it stands in groups and
    in relations."""

    def __init__(self, context: Context) -> None:
        self.limits = context.limits
        self.problems: list[ConditionProblem] = []
        self.count = 0

    def node(self, raw: Any, place: str, context: Context, depth: int, relations: int) -> Node:
        try:
            self._measure(place, depth)
            return KINDS[_kind(raw, place, context)](self, raw, place, context, depth, relations)
        except Refused as refused:
            if self.count <= self.limits.nodes + 1:
                self.problems.append(refused.problem)
            return NOWHERE

    def _measure(self, place: str, depth: int) -> None:
        self.count += 1
        if self.count > self.limits.nodes:
            limit = {"limit": self.limits.nodes}
            raise Refused(place, _("The condition has more than %(limit)s parts.") % limit)
        if depth > self.limits.depth:
            limit = {"limit": self.limits.depth}
            raise Refused(place, _("The condition is more than %(limit)s levels deep.") % limit)

    def all_of(self, raw: Any, place: str, *where: Any) -> Node:
        return AllOf(self._group("all", raw, place, *where))

    def any_of(self, raw: Any, place: str, *where: Any) -> Node:
        return AnyOf(self._group("any", raw, place, *where))

    def _group(
        self, key: str, raw: Any, place: str, context: Context, depth: int, relations: int
    ) -> tuple[Node, ...]:
        only(raw, place, key)
        place = under(place, key)
        if not isinstance(raw[key], list):
            raise Refused(place, _("Give a list of conditions."))
        return tuple(
            self.node(part, f"{place}[{index}]", context, depth + 1, relations)
            for index, part in enumerate(raw[key])
        )

    def negation(self, raw: Any, place: str, context: Context, depth: int, relations: int) -> Node:
        only(raw, place, "not")
        return Not(self.node(raw["not"], under(place, "not"), context, depth + 1, relations))

    def comparison(self, raw: Any, place: str, context: Context, *where: int) -> Node:
        return comparison(raw, place, context)

    def related(self, raw: Any, place: str, context: Context, depth: int, relations: int) -> Node:
        if relations == self.limits.relations:
            limit = {"limit": relations}
            message = _("More than %(limit)s relations stand inside each other.") % limit
            raise Refused(place, message)
        asked = say_one(raw, place)
        relation = named_relation(raw["related"], under(place, "related"), context)
        far = context.of(relation.far)
        where: Node = AllOf(())
        if "where" in raw:
            inner = under(place, "where")
            where = self.node(raw["where"], inner, far, depth + 1, relations + 1)
        return asked_of(asked, raw, place, far, relation, where)

    def segment(self, raw: Any, place: str, context: Context, *where: int) -> Node:
        only(raw, place, "segment")
        key, place = raw["segment"], under(place, "segment")
        use = context.find_segment(key) if isinstance(key, str) else None
        if use is None:
            raise Refused(place, _("There is no segment “%(key)s”.") % {"key": key})
        if {key, *use.uses} & context.within:
            raise Refused(place, _("This segment refers back to the one being defined."))
        if use.record_type.key not in {t.key for t in context.types}:
            raise Refused(place, _("This segment is about records of another type."))
        return InSegment(use)

    def changed(self, raw: Any, place: str, context: Context, *where: int) -> Node:
        only(raw, place, "changed")
        return Changed(named_path(raw["changed"], under(place, "changed"), _own(context)))

    def changed_to(self, raw: Any, place: str, *where: Any) -> Node:
        return ChangedTo(self._of_two_states("changed_to", raw, place, *where))

    def was(self, raw: Any, place: str, *where: Any) -> Node:
        return Was(self._of_two_states("was", raw, place, *where))

    def _of_two_states(
        self, key: str, raw: Any, place: str, context: Context, depth: int, relations: int
    ) -> Node:
        only(raw, place, key)
        return self.node(raw[key], under(place, key), _own(context), depth + 1, relations)


KINDS: Mapping[str, Callable[..., Node]] = {
    "related": _Parser.related,
    "all": _Parser.all_of,
    "any": _Parser.any_of,
    "not": _Parser.negation,
    "field": _Parser.comparison,
    "segment": _Parser.segment,
    "changed": _Parser.changed,
    "changed_to": _Parser.changed_to,
    "was": _Parser.was,
}


def _kind(raw: Any, place: str, context: Context) -> str:
    """The first of `KINDS` that the node has: `related` before `all`, which may stand beside it."""
    if not isinstance(raw, Mapping):
        raise Refused(place, _('Give a condition, such as {"field": …, "op": …, "value": …}.'))
    kind = next((kind for kind in KINDS if kind in raw), None)
    if kind is None:
        known = {"keys": ", ".join(k for k in KINDS if k in context.nodes)}
        raise Refused(place, _("A condition holds one of: %(keys)s.") % known)
    if kind not in context.nodes or (kind == "related" and not context.follows):
        raise Refused(place, _("“%(key)s” cannot be used here.") % {"key": kind})
    return kind


def _own(context: Context) -> Context:
    """For what is asked of the record before: its own fields alone, for other records have moved on."""
    return replace(context, nodes=context.nodes & (GROUPS | {"field"}), follows=False)
