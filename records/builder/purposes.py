"""What conditions are built for: what each may name, whose it is, and which fields are offered.

A new use is one entry here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crm_config.conditions.api import Context, computing, ruling, watching
from crm_config.conditions.contexts import FindSegment, no_segment
from crm_config.definitions import Snapshot, TypeDef
from records.access import Access
from records.selectors.conditions import list_context

MakeContext = Callable[[Snapshot, TypeDef, Access], Context]


@dataclass(frozen=True)
class Purpose:
    """`ruled` conditions are those of the administrators: they are about the working copy and have the system's
    authority. `quick`: only fields that have an index are offered."""

    context: MakeContext
    ruled: bool = True
    quick: bool = False


def segments_of(snapshot: Snapshot) -> FindSegment:
    """How administrators' rules find the segments that they name."""
    return no_segment


def _filter(snapshot: Snapshot, record_type: TypeDef, access: Access) -> Context:
    return list_context(record_type, access)


def _rule(snapshot: Snapshot, record_type: TypeDef, access: Access) -> Context:
    return ruling(snapshot, record_type, find_segment=segments_of(snapshot))


def _trigger(snapshot: Snapshot, record_type: TypeDef, access: Access) -> Context:
    return watching(snapshot, record_type, find_segment=segments_of(snapshot))


def _computed(snapshot: Snapshot, record_type: TypeDef, access: Access) -> Context:
    return computing(snapshot, record_type)


PURPOSES: Mapping[str, Purpose] = {
    "filter": Purpose(_filter, ruled=False, quick=True),
    "rule": Purpose(_rule),
    "trigger": Purpose(_trigger),
    "computed": Purpose(_computed),
}
