"""Segments as published: named sets of records of one type, the same whoever asks.

A dynamic segment holds the records that fit its condition, a static one those that were added by hand; a
combined one those that fit or were added, without those that were taken out. Who is in it is asked of
`records.segments`, which knows the lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from crm_config import labels
from crm_config.conditions.api import (
    ConditionInvalid,
    Context,
    Reach,
    Standpoint,
    Subject,
    ruling,
)
from crm_config.conditions.contexts import FindSegment, no_segment
from crm_config.conditions.dynamic import MOMENTS
from crm_config.definitions import Snapshot, TypeDef, nothing

if TYPE_CHECKING:
    from django.db.models import Q

SECTION = "segments"
DYNAMIC, STATIC, COMBINED = "dynamic", "static", "combined"
KINDS = (DYNAMIC, STATIC, COMBINED)


@dataclass(frozen=True, eq=False)
class SegmentDef:
    """`condition` is JSON. `roles` may use it, `keepers` may change its list; empty: see
    `records.segments.rights`. `columns` are what its list shows; none: what the type's does. With `tracks`, a
    daily comparison tells who entered and left.

    `uses` are the segments that its condition names, directly or through others; `reads` the fields that it
    reads, as (type, field), and `reaches` the types of all records that it looks at, through others too.
    `broken` says why its condition cannot be used: such a segment holds nobody, and is not there to be named.
    """

    key: str
    record_type: TypeDef
    kind: str = DYNAMIC
    labels: Mapping[str, str] = field(default_factory=nothing)
    description: Mapping[str, str] = field(default_factory=nothing)
    condition: Any = None
    roles: frozenset[str] = frozenset()
    keepers: frozenset[str] = frozenset()
    columns: tuple[str, ...] = ()
    tracks: bool = False
    retired: bool = False
    uses: frozenset[str] = frozenset()
    reads: frozenset[tuple[str, str]] = frozenset()
    reaches: frozenset[str] = frozenset()
    broken: str = ""

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @property
    def about(self) -> str:
        return labels.text(self.description)

    @property
    def listed(self) -> bool:
        """Whether records are put into it, or kept out of it, by hand."""
        return self.kind != DYNAMIC

    @property
    def in_use(self) -> bool:
        return not (self.retired or self.broken)

    def __repr__(self) -> str:
        return f"<SegmentDef {self.key}>"


@dataclass(frozen=True, eq=False)
class NamedSegment:
    """What reading a condition needs of a segment that it names. It cannot be asked for its records."""

    definition: SegmentDef

    @property
    def key(self) -> str:
        return self.definition.key

    @property
    def label(self) -> str:
        return self.definition.label

    @property
    def record_type(self) -> TypeDef:
        return self.definition.record_type

    @property
    def uses(self) -> frozenset[str]:
        return self.definition.uses

    def q(self, standpoint: Standpoint, reach: Reach) -> Q:
        raise TypeError(f"The segment {self.key!r} was read to be checked, not to be asked.")

    def test(self, subject: Subject, standpoint: Standpoint, reach: Reach) -> bool:
        raise TypeError(f"The segment {self.key!r} was read to be checked, not to be asked.")


def segments_of(snapshot: Snapshot) -> Mapping[str, SegmentDef]:
    """By key, archived and broken ones included."""
    found: Mapping[str, SegmentDef] = snapshot.sections.get(SECTION) or {}
    return found


def find_named(snapshot: Snapshot) -> FindSegment:
    """For conditions that are only read: checked, worded, searched for what they refer to."""

    def find(key: str) -> NamedSegment | None:
        found = segments_of(snapshot).get(key)
        return NamedSegment(found) if found and found.in_use else None

    return find


def defining(
    snapshot: Snapshot,
    record_type: TypeDef,
    *,
    key: str = "",
    find_segment: FindSegment = no_segment,
) -> Context:
    """The condition of a segment: with the system's authority, and nothing that depends on who asks."""
    context = ruling(snapshot, record_type, find_segment=find_segment)
    return replace(context, dynamics=MOMENTS, within=frozenset({key} if key else ()))


def said(invalid: ConditionInvalid) -> list[str]:
    """Each problem with its place."""
    return [f"{p.place}: {p.message}" if p.place else p.message for p in invalid.problems]


def named_in(raw: Any) -> frozenset[str]:
    """The segments that a condition's JSON names, whether or not it can be read."""
    if isinstance(raw, Mapping):
        own = raw.get("segment")
        inner = (named_in(value) for key, value in raw.items() if key != "value")
        return frozenset({own} if isinstance(own, str) else ()).union(*inner)
    if isinstance(raw, list):
        return frozenset().union(*map(named_in, raw))
    return frozenset()


def circle(key: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    """The way from a segment back to itself, both ends included; empty where there is none. `names` tells
    which segments each one names."""
    trail = [(key, [key])]
    seen: set[str] = set()
    while trail:
        at, way = trail.pop()
        for following in sorted(names.get(at, ())):
            if following == key:
                return [*way, key]
            if following not in seen:
                seen.add(following)
                trail.append((following, [*way, following]))
    return []
