"""The condition of a promise: a rule of the administrators, read against one snapshot."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from crm_config.conditions.api import Condition, Context, parse, ruling
from crm_config.conditions.contexts import FindSegment, no_segment
from crm_config.conditions.dynamic import MOMENTS
from crm_config.definitions import Snapshot, TypeDef

FindSegments = Callable[[Snapshot], FindSegment]
_finders: list[FindSegments] = []


def register(finder: FindSegments) -> None:
    """The app that evaluates segments says how a snapshot's are found."""
    _finders[:] = [finder]


def context(snapshot: Snapshot, record_type: TypeDef, *, asker: bool) -> Context:
    found = _finders[0](snapshot) if _finders else no_segment
    rule = ruling(snapshot, record_type, find_segment=found)
    return rule if asker else replace(rule, dynamics=MOMENTS)


def condition(raw: Any, snapshot: Snapshot, record_type: TypeDef, *, asker: bool) -> Condition:
    """Raises `ConditionInvalid`."""
    return parse(raw, context(snapshot, record_type, asker=asker))
