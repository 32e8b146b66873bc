"""From the payload's segments to what the running system reads: in whatever order they name each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from crm_config.conditions.api import Condition, ConditionInvalid, parse
from crm_config.conditions.paths import FieldPath, Relation
from crm_config.conditions.tree import Node, children
from crm_config.definitions import Snapshot, TypeDef
from crm_config.segments import (
    DYNAMIC,
    STATIC,
    NamedSegment,
    SegmentDef,
    defining,
    named_in,
    said,
)


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
        columns=tuple(raw.get("columns", ())),
        tracks=raw.get("tracks", False),
        retired=raw.get("retired", False),
        reaches=frozenset({record_type.key}),
    )


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
