"""The Python evaluator: asks a subject, and keeps a trace.

It must agree with `crm_config.conditions.sql` on every record and tree; a property test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import singledispatchmethod
from typing import Any

from crm_config.conditions.paths import FieldPath, Relation, is_link
from crm_config.conditions.reach import EVERYWHERE, Reach
from crm_config.conditions.standpoint import Standpoint
from crm_config.conditions.subjects import Subject
from crm_config.conditions.trace import Trace
from crm_config.conditions.tree import (
    Aggregate,
    AllOf,
    AnyOf,
    Changed,
    ChangedTo,
    Compare,
    CompareFields,
    InSegment,
    Node,
    Not,
    Related,
    Was,
)
from crm_config.definitions import FieldDef, TypeDef
from crm_config.operators.base import Operator
from crm_config.operators.compare import TESTS


def evaluate(
    node: Node,
    subject: Subject,
    standpoint: Standpoint,
    *,
    before: Subject | None = None,
    reach: Reach = EVERYWHERE,
    whole: bool = True,
) -> Trace:
    """The verdict on a subject. `before` is the record as it was, None for a new one.

    With `whole`, every part is looked at, so that the trace explains; without, groups stop at the first
    part that decides.
    """
    return _Evaluation(standpoint, before, reach, whole).of(node, subject)


@dataclass(frozen=True)
class _Evaluation:
    standpoint: Standpoint
    before: Subject | None
    reach: Reach
    whole: bool

    @singledispatchmethod
    def of(self, node: Node, subject: Subject) -> Trace:
        raise TypeError(f"Not a node: {node!r}")

    @of.register
    def _all(self, node: AllOf, subject: Subject) -> Trace:
        parts = self._parts(node.nodes, subject, stop_at=False)
        return Trace(node, all(parts), parts=parts)

    @of.register
    def _any(self, node: AnyOf, subject: Subject) -> Trace:
        parts = self._parts(node.nodes, subject, stop_at=True)
        return Trace(node, any(parts), parts=parts)

    @of.register
    def _not(self, node: Not, subject: Subject) -> Trace:
        part = self.of(node.node, subject)
        return Trace(node, not part, parts=(part,))

    def _parts(
        self, nodes: Sequence[Node], subject: Subject, *, stop_at: bool
    ) -> tuple[Trace, ...]:
        found: list[Trace] = []
        for node in nodes:
            found.append(self.of(node, subject))
            if found[-1].verdict is stop_at and not self.whole:
                break
        return tuple(found)

    @of.register
    def _compare(self, node: Compare, subject: Subject) -> Trace:
        operator, operand = node.operator.positive, node.operand.resolve(self.standpoint)
        saw = tuple(self._values(node.path, operator, subject))
        holds = operand is not None and any(operator.test(value, operand) for value in saw)
        return Trace(node, holds is not node.operator.negated, saw)

    @of.register
    def _compare_fields(self, node: CompareFields, subject: Subject) -> Trace:
        operator = node.operator.positive
        left = tuple(self._values(node.path, operator, subject))
        right = tuple(self._values(node.other, operator, subject))
        test = TESTS[operator.symbol]
        holds = any(test(a, b) for a in left for b in right)
        return Trace(node, holds is not node.operator.negated, (left, right))

    def _values(self, path: FieldPath, operator: Operator, subject: Subject) -> Iterator[Any]:
        """What the operator reads, of each record at the path's end that has it."""
        for end in self._ends(path, subject):
            value = self._value(path.fields[end.type.key], operator, end)
            if value is not None:
                yield value

    def _value(self, field: FieldDef, operator: Operator, end: Subject) -> Any:
        """None where the field may not be read: it then counts as empty."""
        if not self.reach.reads(field, end):
            return None
        if operator.reads == "norm":
            return end.norm(field.key)
        if operator.reads == "links":
            return self._links(field, end) or None
        if operator.reads == "presence":
            there = bool(self._links(field, end)) if is_link(field) else end.is_set(field.key)
            return there or None
        return end.value(field.key)

    def _links(self, field: FieldDef, end: Subject) -> tuple[int | None, ...]:
        return tuple(s.id for s in end.linked(field.key) if self.reach.sees(s))

    def _ends(self, path: FieldPath, subject: Subject) -> Iterator[Subject]:
        ends: list[Subject] = [subject]
        for step in path.steps:
            sources = [s for s in ends if self._has(step.sources, s)]
            ends = [t for s in sources for t in self._seen(s.linked(step.key), step.targets)]
        return (end for end in ends if end.type.key in path.fields)

    def _has(self, fields: Mapping[str, FieldDef], subject: Subject) -> bool:
        field = fields.get(subject.type.key)
        return field is not None and self.reach.reads(field, subject)

    def _across(self, relation: Relation, subject: Subject) -> Sequence[Subject]:
        """Over the relation, whoever sees it and whether archived or not."""
        if relation.forward:
            return subject.linked(relation.key) if self._has(relation.links, subject) else ()
        far = [s for link in relation.links.values() for s in subject.related(link)]
        return [s for s in far if self._has(relation.links, s)]

    def _seen(self, subjects: Sequence[Subject], types: Sequence[TypeDef]) -> list[Subject]:
        keys = {t.key for t in types}
        return [s for s in subjects if s.type.key in keys and self.reach.sees(s)]

    @of.register
    def _related(self, node: Related, subject: Subject) -> Trace:
        wanted = Not(node.where) if node.quantifier == "all" else node.where
        count = len(self._fitting(node.relation, wanted, subject))
        verdict = bool(count) if node.quantifier == "some" else not count
        return Trace(node, verdict, (count,))

    @of.register
    def _aggregate(self, node: Aggregate, subject: Subject) -> Trace:
        operator, operand = node.operator.positive, node.operand.resolve(self.standpoint)
        figure = self._figure(node, self._fitting(node.relation, node.where, subject))
        holds = figure is not None and operand is not None and operator.test(figure, operand)
        return Trace(node, holds is not node.operator.negated, (figure,))

    def _figure(self, node: Aggregate, fitting: Sequence[Subject]) -> Any:
        """A count or a sum over nothing is zero, a least or greatest value is none."""
        if node.path is None:
            return len(fitting)
        fields = node.path.fields
        ends = (s for s in fitting if self._has(fields, s))
        values = [v for s in ends if (v := s.value(fields[s.type.key].key)) is not None]
        if node.function == "sum":
            return sum(values)
        return (min if node.function == "min" else max)(values, default=None)

    def _fitting(self, relation: Relation, where: Node, subject: Subject) -> list[Subject]:
        """The related records that are seen, not archived and fit the condition."""
        inner = replace(self, before=None, whole=False)
        return [
            s
            for s in self._seen(self._across(relation, subject), relation.far)
            if s.value("archived_at") is None and inner.of(where, s)
        ]

    @of.register
    def _segment(self, node: InSegment, subject: Subject) -> Trace:
        fits = subject.type.key == node.use.record_type.key
        verdict = fits and node.use.test(subject, self.standpoint, self.reach)
        return Trace(node, verdict)

    @of.register
    def _changed(self, node: Changed, subject: Subject) -> Trace:
        now = self._state(node.path, subject)
        was = None if self.before is None else self._state(node.path, self.before)
        return Trace(node, now != was, (was, now))

    def _state(self, path: FieldPath, subject: Subject) -> Any:
        field = path.fields.get(subject.type.key)
        if field is None:
            return None
        if is_link(field):
            return tuple(sorted(s.id or 0 for s in subject.linked(field.key))) or None
        return subject.state(field.key)

    @of.register
    def _changed_to(self, node: ChangedTo, subject: Subject) -> Trace:
        now = self.of(node.node, subject)
        held = self.before is not None and bool(self.of(node.node, self.before))
        return Trace(node, bool(now) and not held, parts=(now,))

    @of.register
    def _was(self, node: Was, subject: Subject) -> Trace:
        if self.before is None:
            return Trace(node, False)
        part = self.of(node.node, self.before)
        return Trace(node, bool(part), parts=(part,))
