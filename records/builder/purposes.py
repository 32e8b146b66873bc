"""What conditions are built for: what each may name, whose it is, and which fields are offered.

A new use is one entry here; apps above add theirs in `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from crm_config import rules, segments
from crm_config.conditions.api import Context, computing, watching
from crm_config.definitions import Snapshot, TypeDef
from crm_config.segment_finder import find_in
from records.access import Access
from records.selectors.conditions import list_context

MakeContext = Callable[[Snapshot, TypeDef, Access], Context]
Find = Callable[[Snapshot, str], TypeDef | None]


def _of_records(snapshot: Snapshot, key: str) -> TypeDef | None:
    return snapshot.types.get(key)


@dataclass(frozen=True)
class Purpose:
    """`ruled` conditions are those of the administrators: they are about the working copy and have the system's
    authority. `quick`: only fields that have an index are offered. `find` gives what the condition is about, by the
    key in the builder's address; `counted`: there are records of it, of which it can be told how many match."""

    context: MakeContext
    ruled: bool = True
    quick: bool = False
    find: Find = _of_records
    counted: bool = True


def _filter(snapshot: Snapshot, record_type: TypeDef, access: Access) -> Context:
    return list_context(record_type, access)


def _rule(snapshot: Snapshot, record_type: TypeDef, access: Access) -> Context:
    return rules.context(snapshot, record_type)


def _trigger(snapshot: Snapshot, record_type: TypeDef, access: Access) -> Context:
    return watching(snapshot, record_type, find_segment=find_in(snapshot))


def _segment(snapshot: Snapshot, record_type: TypeDef, access: Access) -> Context:
    return segments.defining(snapshot, record_type, find_segment=find_in(snapshot))


def _computed(snapshot: Snapshot, record_type: TypeDef, access: Access) -> Context:
    return computing(snapshot, record_type)


_purposes: dict[str, Purpose] = {
    "filter": Purpose(_filter, ruled=False, quick=True),
    "rule": Purpose(_rule),
    "segment": Purpose(_segment),
    "trigger": Purpose(_trigger),
    "computed": Purpose(_computed),
}
PURPOSES: Mapping[str, Purpose] = MappingProxyType(_purposes)


def register(key: str, purpose: Purpose) -> None:
    if key in _purposes:
        raise RuntimeError(f"Two uses of conditions call themselves {key!r}.")
    _purposes[key] = purpose
