"""A form's logic as JSON that the browser evaluates: `static/forms_builder/js/logic.js` reads it.

Days are resolved when the page is made, for its moment; the server decides anew when it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatch
from typing import Any

from crm_config.conditions.api import Condition, Standpoint
from crm_config.conditions.tree import AllOf, AnyOf, Compare, CompareFields, Node, Not
from crm_config.definitions import FieldDef
from crm_config.operators.base import IsSet, Operator
from crm_config.operators.boolean import Is
from crm_config.operators.compare import Between, Comparison, OneOf
from crm_config.operators.moment import (
    After,
    Before,
    During,
    DuringAny,
    FromTo,
    NotAfter,
    NotBefore,
    Span,
)
from crm_config.operators.multi import Equals, HasAll, HasAny
from crm_config.operators.text import Part
from forms_builder.engine.amount import AMOUNT_TYPE, currency_of
from forms_builder.engine.logic import ItemLogic, Logic

Json = Any


def compiled(
    logic: Logic,
    standpoint: Standpoint,
    *,
    fixed: Mapping[str, Json] | None = None,
    mark: str = ".",
    settle: Callable[[Node], Node] | None = None,
) -> dict[str, Json]:
    """`fixed` holds what read-only items keep, `mark` is the decimal mark, `settle` decides what the browser may not
    know (`engine.settling`). Items stand in the order in which they are decided."""

    def tree(condition: Condition | None) -> Json:
        if condition is None:
            return None
        return node(settle(condition.tree) if settle else condition.tree, standpoint)

    return {
        "items": [
            _item(each, logic, tree, (fixed or {}), mark, str(standpoint.tz))
            for each in logic.items
        ],
        "steps": {key: tree(condition) for key, condition in logic.steps.items()},
        "order": list(logic.form.items),
    }


def _item(
    each: ItemLogic,
    logic: Logic,
    tree: Callable[[Condition | None], Json],
    fixed: Mapping[str, Json],
    mark: str,
    zone: str,
) -> dict[str, Json]:
    item = each.item
    f = logic.type.fields.get(item.key)
    kept = fixed.get(item.key, item.default)
    said = {
        "key": item.key,
        "read": reading(f, mark, zone) if f else None,
        "hidden": item.kind == "hidden",
        "step": tree(each.step),
        "shown": tree(each.shown),
        "required": True if item.required else tree(each.required),
        "readonly": True if item.readonly else tree(each.readonly),
        "fixed": kept,
        "clear": item.when_hidden == "clear",
        "options": [[option, tree(c)] for option, c in each.options],
        "values": [[tree(c), value] for c, value in each.values],
        "messages": [
            {"when": tree(c), "text": rule.text, "blocks": rule.blocks} for c, rule in each.messages
        ],
    }
    return {key: value for key, value in said.items() if value not in (None, [], False)}


def reading(f: FieldDef, mark: str, zone: str) -> dict[str, Json]:
    """How a raw value is read, by the kind of `forms_builder.engine.fields.asked`."""
    kind = f.type.key
    found: dict[str, Json] = {"as": kind, "norm": _by_norm(f)}
    if kind in ("text", "long_text"):
        found["most"] = f.type.option(f, "max_length")
    if kind in ("integer", "decimal", "percent", "amount"):
        found["mark"] = mark
    if kind in ("decimal", "percent"):
        found["decimals"] = f.type.option(f, "decimals")
    if f.type is AMOUNT_TYPE:
        found |= {"decimals": AMOUNT_TYPE.decimals(f), "currency": currency_of(f)}
    if kind == "datetime":
        found["zone"] = zone
    if kind in ("choice", "multi_choice"):
        found["choices"] = [option.key for option in f.choices]
        found["offered"] = [option.key for option in f.choices if not option.retired]
    return found


def _by_norm(f: FieldDef) -> bool:
    return any(operator.reads == "norm" for operator in f.type.operators.values())


@singledispatch
def node(tree: Node, standpoint: Standpoint) -> Json:
    raise TypeError(f"Forms cannot ask this: {tree!r}")


@node.register
def _all(tree: AllOf, standpoint: Standpoint) -> Json:
    return ["all", [node(each, standpoint) for each in tree.nodes]]


@node.register
def _any(tree: AnyOf, standpoint: Standpoint) -> Json:
    return ["any", [node(each, standpoint) for each in tree.nodes]]


@node.register
def _not(tree: Not, standpoint: Standpoint) -> Json:
    return ["not", node(tree.node, standpoint)]


@node.register
def _compare(tree: Compare, standpoint: Standpoint) -> Json:
    operator, operand = tree.operator.positive, tree.operand.resolve(standpoint)
    name = _name(operator)
    said = ["is", tree.path.field.key, operator.reads, name, plain(operand)]
    if operand is None:
        said = ["any", []]
    return ["not", said] if tree.operator.negated else said


@node.register
def _compare_fields(tree: CompareFields, standpoint: Standpoint) -> Json:
    operator = tree.operator.positive
    said = ["two", tree.path.field.key, tree.other.field.key, operator.reads, operator.symbol]
    return ["not", said] if tree.operator.negated else said


#: What the browser calls the test of a kind of operator. A kind that is not here cannot be used in a form.
NAMES: Mapping[type[Operator], str] = {
    OneOf: "one_of",
    Between: "between",
    HasAny: "has_any",
    HasAll: "has_all",
    Equals: "equals",
    IsSet: "set",
    During: "during",
    DuringAny: "during_any",
    After: "after",
    NotBefore: "not_before",
    Before: "before",
    NotAfter: "not_after",
    FromTo: "from_to",
}


def _name(operator: Operator) -> str:
    match operator:
        case Comparison(symbol=symbol):
            return symbol
        case Is(wanted=wanted):
            return "true" if wanted else "false"
        case Part(start=True):
            return "starts"
        case Part(end=True):
            return "ends"
        case Part():
            return "holds"
    return NAMES[type(operator)]


def plain(operand: Any) -> Json:
    match operand:
        case Span(low=low, high=high):
            return [low, high]
        case tuple() | list() | frozenset():
            return [plain(each) for each in operand]
    return operand
