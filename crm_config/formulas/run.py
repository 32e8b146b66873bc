"""Running a formula that was checked."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from simpleeval import SimpleEval

from crm_config.formulas.functions import FUNCTIONS, Function

#: The text that a sum of texts may reach.
LONGEST_RESULT = 10_000


class _Prepared(ast.NodeTransformer):
    """`company.industry` becomes one name, so that no attribute is ever looked up; numbers with a point
    become exact decimals."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return ast.copy_location(ast.Name(ast.unparse(node), ast.Load()), node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, float):
            return ast.copy_location(ast.Constant(Decimal(repr(node.value))), node)  # type: ignore[arg-type]
        return node


@lru_cache(maxsize=1024)
def parsed(expression: str) -> ast.expr:
    tree = ast.parse(expression.strip(), mode="eval")
    return _Prepared().visit(tree).body


def _or_empty(run: Callable[..., Any]) -> Callable[..., Any]:
    """Empty in, empty out."""
    return lambda *values: None if any(value is None for value in values) else run(*values)


def _added(left: Any, right: Any) -> Any:
    if isinstance(left, str) and len(left) + len(right) > LONGEST_RESULT:
        raise OverflowError
    return left + right


def _exact(run: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Division of whole numbers gives an exact decimal, not a binary fraction."""
    return lambda a, b: run(Decimal(a) if isinstance(a, int) else a, b)


_OPERATORS: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.Add: _or_empty(_added),
    ast.Sub: _or_empty(operator.sub),
    ast.Mult: _or_empty(operator.mul),
    ast.Div: _or_empty(_exact(operator.truediv)),
    ast.FloorDiv: _or_empty(_exact(operator.floordiv)),
    ast.Mod: _or_empty(_exact(operator.mod)),
    ast.USub: _or_empty(operator.neg),
    ast.Not: operator.not_,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: lambda a, b: a is not None and b is not None and a < b,
    ast.LtE: lambda a, b: a is not None and b is not None and a <= b,
    ast.Gt: lambda a, b: a is not None and b is not None and a > b,
    ast.GtE: lambda a, b: a is not None and b is not None and a >= b,
}


def _callable(function: Function) -> Callable[..., Any]:
    return function.run if function.takes_empty else _or_empty(function.run)


_FUNCTIONS = {name: _callable(function) for name, function in FUNCTIONS.items()}


def compute(expression: str, values: Mapping[str, Any]) -> Any:
    """The result for these values by path; None where it is empty or cannot be computed: a division by
    zero, currencies without a rate, a date beyond the calendar."""
    evaluator = SimpleEval(
        operators=dict(_OPERATORS), functions=dict(_FUNCTIONS), names=_Values(values)
    )
    try:
        return evaluator.eval(expression, previously_parsed=parsed(expression))
    except (ArithmeticError, ValueError):
        return None


class _Values(dict[str, Any]):
    """A field without a value is empty."""

    def __missing__(self, key: str) -> None:
        return None
