"""Whether a formula may be published: its syntax, its names, its types. Messages name what is wrong."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from crm_config.formulas.functions import FUNCTIONS
from crm_config.formulas.kinds import Kind

#: Gives the kind of a field by its path, or raises `FormulaInvalid` for one that is not there.
Names = Callable[[str], Kind]

LONGEST = 1000
MOST_NODES = 200

_SAME: Mapping[type[ast.operator], frozenset[Kind]] = {
    ast.Add: frozenset({"number", "money", "text"}),
    ast.Sub: frozenset({"number", "money"}),
}


class FormulaInvalid(ValueError):
    """The formula cannot be used; the message says where and why."""


def check(expression: str, names: Names) -> Kind | None:
    """The kind of the formula's result; None for one that is always empty. Raises `FormulaInvalid`."""
    if len(expression) > LONGEST:
        raise FormulaInvalid(
            _("The formula is longer than %(most)s characters.") % {"most": LONGEST}
        )
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        place = getattr(error, "offset", None) or 1
        raise FormulaInvalid(
            _("The formula cannot be read at character %(place)s.") % {"place": place}
        ) from error
    if sum(1 for _node in ast.walk(tree)) > MOST_NODES:
        raise FormulaInvalid(_("The formula has too many parts: split it into several fields."))
    return _kind(tree.body, names)


def _kind(node: ast.expr, names: Names) -> Kind | None:
    handler = _HANDLERS.get(type(node))
    if handler is None:
        raise FormulaInvalid(
            _("“%(part)s” cannot be used in a formula.") % {"part": ast.unparse(node)}
        )
    return handler(node, names)


def _constant(node: ast.Constant, names: Names) -> Kind | None:
    if node.value is None:
        return None
    kinds: dict[type, Kind] = {bool: "boolean", int: "number", float: "number", str: "text"}
    if type(node.value) not in kinds:
        raise FormulaInvalid(
            _("“%(part)s” cannot be used in a formula.") % {"part": ast.unparse(node)}
        )
    return kinds[type(node.value)]


def _name(node: ast.Name, names: Names) -> Kind:
    return names(node.id)


def _attribute(node: ast.Attribute, names: Names) -> Kind:
    if not isinstance(node.value, ast.Name):
        raise FormulaInvalid(
            _("A formula follows one link at most: %(part)s.") % {"part": ast.unparse(node)}
        )
    return names(f"{node.value.id}.{node.attr}")


def _binary(node: ast.BinOp, names: Names) -> Kind | None:
    left, right = _kind(node.left, names), _kind(node.right, names)
    if left is None or right is None:
        return left or right
    result = _result(type(node.op), left, right)
    if result is None:
        raise FormulaInvalid(
            _("%(part)s: %(left)s and %(right)s cannot be computed in this way.")
            % {"part": ast.unparse(node), "left": left, "right": right}
        )
    return result


def _result(operator: type[ast.operator], left: Kind, right: Kind) -> Kind | None:
    if left == right and left in _SAME.get(operator, ()):
        return left
    if left == right == "number" and operator in (ast.Mult, ast.Div, ast.FloorDiv, ast.Mod):
        return "number"
    if operator is ast.Mult and {left, right} == {"number", "money"}:
        return "money"
    if operator is ast.Div and left == "money":
        return "money" if right == "number" else "number" if right == "money" else None
    return None


def _unary(node: ast.UnaryOp, names: Names) -> Kind | None:
    kind = _kind(node.operand, names)
    if isinstance(node.op, ast.Not):
        return _boolean(kind, node.operand)
    if isinstance(node.op, ast.USub) and kind in ("number", "money", None):
        return kind
    raise FormulaInvalid(_("“%(part)s” cannot be used in a formula.") % {"part": ast.unparse(node)})


def _boolean(kind: Kind | None, node: ast.expr) -> Kind:
    if kind not in ("boolean", None):
        raise FormulaInvalid(_("%(part)s must be yes or no.") % {"part": ast.unparse(node)})
    return "boolean"


def _logic(node: ast.BoolOp, names: Names) -> Kind:
    for value in node.values:
        _boolean(_kind(value, names), value)
    return "boolean"


def _compare(node: ast.Compare, names: Names) -> Kind:
    if not all(
        isinstance(op, ast.Eq | ast.NotEq | ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in node.ops
    ):
        raise FormulaInvalid(
            _("“%(part)s” cannot be used in a formula.") % {"part": ast.unparse(node)}
        )
    kinds = {_kind(part, names) for part in (node.left, *node.comparators)} - {None}
    if len(kinds) > 1:
        raise FormulaInvalid(
            _("%(part)s compares %(kinds)s.")
            % {"part": ast.unparse(node), "kinds": ", ".join(sorted(map(str, kinds)))}
        )
    return "boolean"


def _choice(node: ast.IfExp, names: Names) -> Kind | None:
    _boolean(_kind(node.test, names), node.test)
    kinds = {_kind(node.body, names), _kind(node.orelse, names)} - {None}
    if len(kinds) > 1:
        raise FormulaInvalid(_("%(part)s gives values of two kinds.") % {"part": ast.unparse(node)})
    return kinds.pop() if kinds else None


def _call(node: ast.Call, names: Names) -> Kind | None:
    name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
    function = FUNCTIONS.get(name)
    if function is None:
        raise FormulaInvalid(_("There is no function “%(name)s”.") % {"name": name})
    if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
        raise FormulaInvalid(_("Write it as %(usage)s.") % {"usage": function.usage})
    result = function.signature([_kind(argument, names) for argument in node.args])
    if result is None:
        raise FormulaInvalid(
            _("%(part)s does not fit: write it as %(usage)s.")
            % {"part": ast.unparse(node), "usage": function.usage}
        )
    return result


_HANDLERS: Mapping[type[ast.expr], Callable[..., Kind | None]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _logic,
    ast.Compare: _compare,
    ast.IfExp: _choice,
    ast.Call: _call,
}
