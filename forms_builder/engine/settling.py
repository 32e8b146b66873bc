"""Conditions with the parts decided that ask for what the browser may not know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from crm_config.conditions.api import Condition, Standpoint
from crm_config.conditions.tree import AllOf, AnyOf, Compare, Node, Not
from crm_config.definitions import Snapshot
from crm_config.field_types.base import CoerceContext
from forms_builder.engine.evaluate import Answers
from forms_builder.engine.logic import Logic, context

#: What is always so, and what never is.
EVER, NEVER = AllOf(()), AnyOf(())
Settle = Callable[[Node], Node]


def settling(
    logic: Logic,
    keys: Collection[str],
    raw: Mapping[str, Any],
    reading: CoerceContext,
    snapshot: Snapshot,
) -> Settle:
    """For `compiling.compiled`: comparisons of the items `keys` become what they are now. What compares one of
    them with an answer stays: the browser has no value for it, and the server decides."""
    standpoint = Standpoint(now=reading.now, tz=reading.tz)
    answers = Answers(logic, reading, standpoint)
    for key in keys:
        answers.put(key, raw.get(key))
    where = context(logic.form, snapshot)

    def settle(node: Node) -> Node:
        match node:
            case AllOf(nodes=nodes):
                return AllOf(tuple(map(settle, nodes)))
            case AnyOf(nodes=nodes):
                return AnyOf(tuple(map(settle, nodes)))
            case Not(node=inner):
                return Not(settle(inner))
            case Compare(path=path) if path.field.key in keys:
                holds = Condition(node, None, where).test(answers.subject, standpoint)
                return EVER if holds else NEVER
        return node

    return settle
