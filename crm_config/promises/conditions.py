"""The condition of a promise: a rule of the administrators, read against one snapshot."""

from dataclasses import replace
from typing import Any

from crm_config import rules
from crm_config.conditions.api import Condition, Context, parse
from crm_config.conditions.dynamic import MOMENTS
from crm_config.definitions import Snapshot, TypeDef


def context(snapshot: Snapshot, record_type: TypeDef, *, asker: bool) -> Context:
    rule = rules.context(snapshot, record_type)
    return rule if asker else replace(rule, dynamics=MOMENTS)


def condition(raw: Any, snapshot: Snapshot, record_type: TypeDef, *, asker: bool) -> Condition:
    """Raises `ConditionInvalid`."""
    return parse(raw, context(snapshot, record_type, asker=asker))
