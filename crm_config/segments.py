"""Segments as published: named sets of records of one type, the same whoever asks.

A dynamic segment holds the records that fit its condition, a static one those that were added by hand; a
combined one those that fit or were added, without those that were taken out. Who is in it is asked of
`records.segments`, which knows the lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crm_config import labels
from crm_config.conditions.api import (
    Condition,
    ConditionInvalid,
    Context,
    Reach,
    Standpoint,
    Subject,
    parse,
    ruling,
)
from crm_config.conditions.contexts import FindSegment, no_segment
from crm_config.conditions.dynamic import MOMENTS
from crm_config.conditions.paths import FieldPath, Relation
from crm_config.conditions.tree import Node, children
from crm_config.definitions import Snapshot, TypeDef, nothing

if TYPE_CHECKING:
    from django.db.models import Q

SECTION = "segments"
DYNAMIC, STATIC, COMBINED = "dynamic", "static", "combined"
KINDS = (DYNAMIC, STATIC, COMBINED)


@dataclass(frozen=True, eq=False)
class SegmentDef:
    """`condition` is JSON. `roles` may use it, `keepers` may change its list; empty: see
    `records.segments.rights`. With `tracks`, a daily comparison tells who entered and left.

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


# -- compiling ----------------------------------------------------------------------------------


@dataclass
class Compiler:
    """Compiles the section in whatever order its segments name each other. Those that go in a circle are
    broken, all of them."""

    part: Sequence[Mapping[str, Any]]
    snapshot: Snapshot
    done: dict[str, SegmentDef] = field(default_factory=dict)
    at_work: set[str] = field(default_factory=set)

    def compile(self) -> Mapping[str, SegmentDef]:
        for key in self.raw:
            self._definition(key)
        return self.done

    @cached_property
    def raw(self) -> Mapping[str, Mapping[str, Any]]:
        """Those about a record type that is there."""
        return {raw["key"]: raw for raw in self.part if raw.get("type") in self.snapshot.types}

    def find(self, key: str) -> NamedSegment | None:
        found = self._definition(key)
        return NamedSegment(found) if found and found.in_use else None

    def _definition(self, key: str) -> SegmentDef | None:
        if key in self.done:
            return self.done[key]
        if key in self.at_work or key not in self.raw:
            return None
        self.at_work.add(key)
        self.done[key] = self._compile(self.raw[key])
        return self.done[key]

    def _compile(self, raw: Mapping[str, Any]) -> SegmentDef:
        plain = _plain(raw, self.snapshot.types[raw["type"]])
        if plain.kind == STATIC:
            return plain
        context = defining(self.snapshot, plain.record_type, key=plain.key, find_segment=self.find)
        try:
            condition = parse(plain.condition, context)
        except ConditionInvalid as invalid:
            return replace(plain, broken="; ".join(said(invalid)))
        return replace(plain, **self._looks_at(condition, plain))

    def _looks_at(self, condition: Condition, plain: SegmentDef) -> dict[str, Any]:
        """What it names, reads and reaches, with what the segments in it do."""
        named = [self.done[key] for key in sorted(named_in(condition.json()))]
        reads = {name for node in _nodes(condition.tree) for name in _read_by(node)}
        reaches = {t for node in _nodes(condition.tree) for t in _reached_by(node)}
        return {
            "uses": frozenset(s.key for s in named).union(*(s.uses for s in named)),
            "reads": frozenset(reads).union(*(s.reads for s in named)),
            "reaches": frozenset(reaches).union(*(s.reaches for s in named)) | plain.reaches,
        }


def _plain(raw: Mapping[str, Any], record_type: TypeDef) -> SegmentDef:
    return SegmentDef(
        key=raw["key"],
        record_type=record_type,
        kind=raw.get("kind", DYNAMIC),
        labels=raw.get("labels", {}),
        description=raw.get("description", {}),
        condition=raw.get("condition"),
        roles=frozenset(raw.get("roles", ())),
        keepers=frozenset(raw.get("keepers", ())),
        tracks=raw.get("tracks", False),
        retired=raw.get("retired", False),
        reaches=frozenset({record_type.key}),
    )


def said(invalid: ConditionInvalid) -> list[str]:
    """Each problem with its place."""
    return [f"{p.place}: {p.message}" if p.place else p.message for p in invalid.problems]


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for inner in children(node):
        yield from _nodes(inner)


def _paths(node: Node) -> Iterator[FieldPath]:
    for name in ("path", "other"):
        path = getattr(node, name, None)
        if path is not None:
            yield path


def _relation(node: Node) -> Relation | None:
    return getattr(node, "relation", None)


def _read_by(node: Node) -> Iterator[tuple[str, str]]:
    """The fields of every type that may stand there, those that every record has included."""
    for path in _paths(node):
        for fields in (*(step.sources for step in path.steps), path.fields):
            yield from ((f.record_type, f.key) for f in fields.values())
    if relation := _relation(node):
        yield from ((f.record_type, f.key) for f in relation.links.values())


def _reached_by(node: Node) -> Iterator[str]:
    for path in _paths(node):
        for types in (*(step.targets for step in path.steps), path.targets):
            yield from (t.key for t in types)
    if relation := _relation(node):
        yield from (t.key for t in relation.far)


# -- conditions as JSON ---------------------------------------------------------------------------


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
