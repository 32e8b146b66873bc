"""A parsed condition: frozen nodes that know their fields, operators and operands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crm_config.conditions.operands import Operand, Several
from crm_config.conditions.paths import FieldPath, Relation

if TYPE_CHECKING:
    from crm_config.conditions.segments import SegmentUse
    from crm_config.operators.base import Operator


@dataclass(frozen=True, eq=False)
class AllOf:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, eq=False)
class AnyOf:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, eq=False)
class Not:
    node: Node


@dataclass(frozen=True, eq=False)
class Compare:
    """A field, reached over at most two links, against an operand. Over several linked records one
    that holds is enough."""

    path: FieldPath
    operator: Operator
    operand: Operand


@dataclass(frozen=True, eq=False)
class CompareFields:
    """Two fields of one kind."""

    path: FieldPath
    operator: Operator
    other: FieldPath


@dataclass(frozen=True, eq=False)
class Related:
    """Whether some, none or all of the related records fit `where`."""

    relation: Relation
    where: Node
    quantifier: Literal["some", "none", "all"]


@dataclass(frozen=True, eq=False)
class Aggregate:
    """A figure over the related records that fit `where`. `path` is None for the count."""

    relation: Relation
    where: Node
    function: Literal["count", "sum", "min", "max"]
    path: FieldPath | None
    operator: Operator
    operand: Operand


@dataclass(frozen=True, eq=False)
class InSegment:
    use: SegmentUse


@dataclass(frozen=True, eq=False)
class Changed:
    """The field's value is another than before."""

    path: FieldPath


@dataclass(frozen=True, eq=False)
class ChangedTo:
    """It holds now and did not before."""

    node: Node


@dataclass(frozen=True, eq=False)
class Was:
    """It held before."""

    node: Node


Node = (
    AllOf
    | AnyOf
    | Not
    | Compare
    | CompareFields
    | Related
    | Aggregate
    | InSegment
    | Changed
    | ChangedTo
    | Was
)


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case AllOf(nodes=nodes) | AnyOf(nodes=nodes):
            return nodes
        case Not(node=inner) | ChangedTo(node=inner) | Was(node=inner):
            return (inner,)
        case Related(where=where) | Aggregate(where=where):
            return (where,)
    return ()


def values_in(node: Node) -> int:
    """How many values the lists of the whole tree hold."""
    operand = getattr(node, "operand", None)
    own = len(operand.items) if isinstance(operand, Several) else 0
    return own + sum(map(values_in, children(node)))


def constant(node: Node) -> bool | None:
    """True or False for a tree that is so whatever the record, as `{"all": []}`; else None.

    Grants refuse such trees: they say "everybody" or "nobody" without saying it.
    """
    match node:
        case Not(node=inner):
            verdict = constant(inner)
            return None if verdict is None else not verdict
        case AllOf(nodes=nodes):
            return _decided([constant(n) for n in nodes], by=False)
        case AnyOf(nodes=nodes):
            return _decided([constant(n) for n in nodes], by=True)
    return None


def _decided(verdicts: list[bool | None], *, by: bool) -> bool | None:
    if by in verdicts:
        return by
    return None if None in verdicts else not by
