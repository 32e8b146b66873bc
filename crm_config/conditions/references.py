"""What a condition relies on, as paths in the payload: for "where used", and for what breaks it."""

from __future__ import annotations

from collections.abc import Iterator

from crm_config.conditions.operands import Literal, Operand, Pair, Several
from crm_config.conditions.paths import FieldPath, Relation
from crm_config.conditions.tree import (
    Aggregate,
    Changed,
    Compare,
    CompareFields,
    InSegment,
    Node,
    Related,
    children,
)
from crm_config.definitions import FieldDef

#: `("record_types", "deal", "fields", "amount")`, `(…, "choices", "won")`, `("segments", "rare")`.
Path = tuple[str, ...]


def references(node: Node) -> frozenset[Path]:
    """Fields that every record has are not among them: nobody can remove those."""
    found = set(_of(node))
    for inner in children(node):
        found |= references(inner)
    return frozenset(found)


def _of(node: Node) -> Iterator[Path]:
    match node:
        case Compare(path=path, operand=operand):
            yield from _path(path)
            yield from _options(path, operand)
        case CompareFields(path=path, other=other):
            yield from _path(path)
            yield from _path(other)
        case Changed(path=path):
            yield from _path(path)
        case Related(relation=relation):
            yield from _links(relation)
        case Aggregate(relation=relation, path=path):
            yield from _links(relation)
            if path is not None:
                yield from _path(path)
        case InSegment(use=use):
            yield ("segments", use.key)


def _path(path: FieldPath) -> Iterator[Path]:
    for fields in (*(step.sources for step in path.steps), path.fields):
        yield from (field_path(f) for f in fields.values() if not f.system)


def _links(relation: Relation) -> Iterator[Path]:
    return (field_path(link) for link in relation.links.values())


def field_path(field: FieldDef) -> Path:
    return ("record_types", field.record_type, "fields", field.key)


def _options(path: FieldPath, operand: Operand) -> Iterator[Path]:
    chosen = set(_literals(operand))
    for field in path.fields.values():
        if field.type.has_choices and not field.type.computed:
            for key in sorted(chosen & set(field.choice_map)):
                yield (*field_path(field), "choices", key)


def _literals(operand: Operand) -> Iterator[str]:
    match operand:
        case Literal(value=str(value)):
            yield value
        case Several(items=items):
            for item in items:
                yield from _literals(item)
        case Pair(low=low, high=high):
            yield from _literals(low)
            yield from _literals(high)
