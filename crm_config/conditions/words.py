"""A condition as a sentence in the active language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import singledispatch

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.conditions.paths import FieldPath
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
from crm_config.conditions.value_words import shown
from crm_config.field_types.base import Names

QUANTIFIED: Mapping[str, Promise] = {
    "some": gettext_lazy("there is one of %(relation)s"),
    "none": gettext_lazy("there is none of %(relation)s"),
}
FIGURES: Mapping[str, Promise] = {
    "count": gettext_lazy("the number of %(relation)s"),
    "sum": gettext_lazy("the sum of %(field)s of %(relation)s"),
    "min": gettext_lazy("the least %(field)s of %(relation)s"),
    "max": gettext_lazy("the greatest %(field)s of %(relation)s"),
}


def sentence(node: Node, names: Names) -> str:
    """Begins with a capital, ends without a full stop."""
    text = say(node, names)
    return text[:1].upper() + text[1:]


@singledispatch
def say(node: Node, names: Names) -> str:
    raise TypeError(f"Not a node: {node!r}")


@say.register
def _all(node: AllOf, names: Names) -> str:
    return _joined(node.nodes, _(" and "), _("always"), names)


@say.register
def _any(node: AnyOf, names: Names) -> str:
    return _joined(node.nodes, _(" or "), _("never"), names)


def _joined(nodes: Sequence[Node], joint: str, nothing: str, names: Names) -> str:
    if len(nodes) == 1:
        return say(nodes[0], names)
    return joint.join(_inside(node, names) for node in nodes) or nothing


def _inside(node: Node, names: Names) -> str:
    """In brackets where it could be read otherwise."""
    text = say(node, names)
    return f"({text})" if isinstance(node, AllOf | AnyOf) and len(node.nodes) > 1 else text


@say.register
def _not(node: Not, names: Names) -> str:
    return _("not: %(condition)s") % {"condition": _inside(node.node, names)}


@say.register
def _compare(node: Compare, names: Names) -> str:
    value = shown(node.operand, node.path, names)
    return str(node.operator.phrase) % {"field": label(node.path), "value": value}


@say.register
def _compare_fields(node: CompareFields, names: Names) -> str:
    return str(node.operator.phrase) % {"field": label(node.path), "value": label(node.other)}


def label(path: FieldPath) -> str:
    return " › ".join(path.labels)


@say.register
def _related(node: Related, names: Names) -> str:
    if node.quantifier == "all":
        phrase = _("all of %(relation)s fit: %(condition)s")
        where = _inside(node.where, names)
        return phrase % {"relation": node.relation.label, "condition": where}
    return str(QUANTIFIED[node.quantifier]) % {"relation": _those(node, names)}


def _those(node: Related | Aggregate, names: Names) -> str:
    if isinstance(node.where, AllOf) and not node.where.nodes:
        return node.relation.label
    return _("%(relation)s (where %(condition)s)") % {
        "relation": node.relation.label,
        "condition": say(node.where, names),
    }


@say.register
def _aggregate(node: Aggregate, names: Names) -> str:
    figure = str(FIGURES[node.function]) % {
        "relation": _those(node, names),
        "field": label(node.path) if node.path else "",
    }
    value = shown(node.operand, node.path, names)
    return str(node.operator.phrase) % {"field": figure, "value": value}


@say.register
def _segment(node: InSegment, names: Names) -> str:
    return _("it is in the segment “%(label)s”") % {"label": node.use.label}


@say.register
def _changed(node: Changed, names: Names) -> str:
    return _("%(field)s has changed") % {"field": label(node.path)}


@say.register
def _changed_to(node: ChangedTo, names: Names) -> str:
    return _("it has come to be that %(condition)s") % {"condition": _inside(node.node, names)}


@say.register
def _was(node: Was, names: Names) -> str:
    return _("before, %(condition)s") % {"condition": _inside(node.node, names)}
