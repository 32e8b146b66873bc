"""The SQL compiler: a condition as a `Q` over records. The one module here that knows the ORM.

Every leaf is true or false, never NULL, so that `~Q` is exact. Other records are reached by EXISTS over
`RecordLink`, never by joins: a record is found once, however many links lead to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial, singledispatchmethod
from typing import Any, cast

from django.apps import apps
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    F,
    Field,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.lookups import Exact, GreaterThanOrEqual, IsNull, LessThan

from crm_config.conditions.errors import NotInSql
from crm_config.conditions.paths import FieldPath, Relation, Step, is_link
from crm_config.conditions.reach import EVERYWHERE, Reach
from crm_config.conditions.standpoint import Standpoint
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
from crm_config.expressions import DataValue, Kind, Rows, Total, always, never
from crm_config.operators.base import Operator, Ref
from crm_config.operators.compare import holds_between


def to_q(node: Node, standpoint: Standpoint, *, reach: Reach = EVERYWHERE) -> Q:
    """For a queryset of records of the condition's types. Raises `NotInSql`."""
    return _Compiler(standpoint, reach).of(node)


def _records() -> QuerySet[Any]:
    return apps.get_model("records", "Record")._default_manager.all()


def _links() -> QuerySet[Any]:
    return apps.get_model("records", "RecordLink")._default_manager.all()


@dataclass(frozen=True)
class _Compiler:
    standpoint: Standpoint
    reach: Reach

    @singledispatchmethod
    def of(self, node: Node) -> Q:
        raise TypeError(f"Not a node: {node!r}")

    @of.register
    def _all(self, node: AllOf) -> Q:
        found = always() if not node.nodes else Q()
        for part in node.nodes:
            found &= self.of(part)
        return found

    @of.register
    def _any(self, node: AnyOf) -> Q:
        found = never() if not node.nodes else Q()
        for part in node.nodes:
            found |= self.of(part)
        return found

    @of.register
    def _not(self, node: Not) -> Q:
        return ~self.of(node.node)

    @of.register
    def _compare(self, node: Compare) -> Q:
        operator, operand = node.operator.positive, node.operand.resolve(self.standpoint)
        if operand is None:
            return always() if node.operator.negated else never()
        found = self._along(
            node.path, lambda depth: operator.q(self._ref(node.path, operator), operand)
        )
        return ~found if node.operator.negated else found

    @of.register
    def _compare_fields(self, node: CompareFields) -> Q:
        """The other path starts at the same record, inside the first one's subqueries."""
        operator, other = node.operator.positive, node.other

        def both(to_root: int, to_left: int) -> Q:
            left = self._ref(node.path, operator, up=to_left)
            right = self._ref(other, operator, up=0 if other.steps else to_root)
            return holds_between(left, operator.symbol, right)

        found = self._along(
            node.path,
            lambda to_root: self._along(
                other, lambda to_left: both(to_root, to_left), start=to_root
            ),
        )
        return ~found if node.operator.negated else found

    def _along(self, path: FieldPath, leaf: Callable[[int], Q], *, start: int = 0) -> Q:
        """Some record at the path's end fits the leaf, which learns how many queries lie between the
        path's ends. The path begins at a record `start` queries up."""
        return self._steps(path, path.steps, leaf, start, 0)

    def _steps(
        self,
        path: FieldPath,
        steps: Sequence[Step],
        leaf: Callable[[int], Q],
        start: int,
        depth: int,
    ) -> Q:
        if not steps:
            found = leaf(depth)
            return found if path.whole else of_types(path.types, up("pk", start)) & found
        step = steps[0]
        links = _links().filter(source_id=up("pk", start + 1), field=step.key)
        if not step.whole:
            links = links.filter(of_types(step.types, F("source_id")))
        inner = self._steps(path, steps[1:], leaf, 0, depth + 2)
        return Q(Exists(links.filter(Exists(self._seen(step.targets, "target_id").filter(inner)))))

    def _seen(self, types: Sequence[TypeDef], column: str) -> QuerySet[Any]:
        """The record that the enclosing link's column names, if it is of these types and seen."""
        return _records().filter(self._in_reach(types), pk=OuterRef(column))

    def _in_reach(self, types: Sequence[TypeDef]) -> Q:
        found = never()
        for record_type in types:
            here, seen = of_types((record_type,), F("pk")), self.reach.q(record_type)
            found |= here if seen is None else here & seen
        return found

    @of.register
    def _related(self, node: Related) -> Q:
        where = self.of(node.where)
        found = Q(
            Exists(self._fitting(node.relation, ~where if node.quantifier == "all" else where))
        )
        return found if node.quantifier == "some" else ~found

    @of.register
    def _aggregate(self, node: Aggregate) -> Q:
        operator, operand = node.operator.positive, node.operand.resolve(self.standpoint)
        if operand is None:
            return always() if node.operator.negated else never()
        rows, ref = self._counted(node) if node.path is None else self._measured(node, node.path)
        verdict = Case(When(operator.q(ref, operand), then=Value(True)), default=Value(False))
        holds = rows.annotate(verdict=verdict).values("verdict")
        found = Q(Subquery(holds, output_field=BooleanField()))
        return ~found if node.operator.negated else found

    def _counted(self, node: Aggregate) -> tuple[QuerySet[Any], Ref]:
        return self._fitting(node.relation, self.of(node.where)), Ref(Rows(), always())

    def _measured(self, node: Aggregate, path: FieldPath) -> tuple[QuerySet[Any], Ref]:
        """Over the records themselves: here the links only say which."""
        ends = _ends(node.relation)
        links = self._link_rows(node.relation, 2).values(ends.far)
        types = tuple(t for t in node.relation.far if t in path.types)
        rows = _records().filter(
            self._in_reach(types), self.of(node.where), pk__in=links, archived_at__isnull=True
        )
        value = _value(path.field)
        if node.function == "sum":
            return rows, Ref(Total(value.value), always())
        figure = Func(value.value, function=node.function.upper(), output_field=_output(path.field))
        return rows, replace(value, value=figure, present=Q(IsNull(figure, False)))

    def _fitting(self, relation: Relation, where: Q) -> QuerySet[Any]:
        """The links to related records that are seen, not archived and fit the condition."""
        far = self._seen(relation.far, _ends(relation).far).filter(where, archived_at__isnull=True)
        return self._link_rows(relation, 1).filter(Exists(far))

    def _link_rows(self, relation: Relation, levels: int) -> QuerySet[Any]:
        """The relation's links of the record so many queries up."""
        near = {_ends(relation).near: up("pk", levels)}
        rows = _links().filter(field=relation.link_key, **near)
        return rows.filter(of_types(relation.sources, F("source_id")))

    @of.register
    def _segment(self, node: InSegment) -> Q:
        here = of_types((node.use.record_type,), F("pk"))
        return here & node.use.q(self.standpoint, self.reach)

    @of.register(Changed)
    @of.register(ChangedTo)
    @of.register(Was)
    def _before(self, node: Changed | ChangedTo | Was) -> Q:
        raise NotInSql("A query does not know what was before.")

    def _ref(self, path: FieldPath, operator: Operator, *, up: int = 0) -> Ref:
        """What the operator reads of the field, in the query so many levels up."""
        field = path.field
        if is_link(field):
            return self._link_ref(path)
        if operator.reads == "presence":
            return Ref(None, _presence(field))
        if operator.reads == "norm":
            norm = DataValue(field.key, column="norm", source=_column("norm", up))
            return Ref(norm, Q(IsNull(norm, False)))
        return _value(field, up)

    def _link_ref(self, path: FieldPath) -> Ref:
        links = _links().filter(source_id=OuterRef("pk"), field=path.field.key)

        def linked_to(ids: Iterable[int]) -> Q:
            rows = links.filter(target_id__in=list(ids))
            if self.reach is not EVERYWHERE:
                rows = rows.filter(Exists(self._seen(path.targets, "target_id")))
            return Q(Exists(rows))

        return Ref(None, Q(Exists(links)), linked_to=linked_to)


@dataclass(frozen=True)
class _Ends:
    """The columns of a link that hold this side and the far side."""

    near: str
    far: str


def _ends(relation: Relation) -> _Ends:
    return _Ends("source_id", "target_id") if relation.forward else _Ends("target_id", "source_id")


def up(name: str, levels: int) -> F | OuterRef:
    """A column of the query so many levels further out."""
    if not levels:
        return F(name)
    found = OuterRef(name)
    for _level in range(levels - 1):
        found = OuterRef(found)
    return found


def of_types(types: Sequence[TypeDef], column: F | OuterRef) -> Q:
    """The ids of these types; on PostgreSQL this leaves only their partitions to look at."""
    found = never()
    for record_type in types:
        first, end = record_type.first_id, record_type.end_id
        found |= Q(GreaterThanOrEqual(column, first)) & Q(LessThan(column, end))
    return found


def _column(name: str, levels: int) -> F | OuterRef | None:
    return up(name, levels) if levels else None


def _presence(field: FieldDef) -> Q:
    if field.column:
        return _column_present(field, F(field.column))
    column: Any = "long_data" if field.type.storage == "long_data" else "data"
    found = never()
    for part in field.type.parts(field):
        found |= Q(IsNull(DataValue(part, column=column), False))
    return found


def _column_present(field: FieldDef, column: F | OuterRef) -> Q:
    present = Q(IsNull(column, False))
    return present & ~Q(Exact(column, "")) if field.type.key == "text" else present


def _value(field: FieldDef, levels: int = 0) -> Ref:
    if field.column:
        column = up(field.column, levels)
        return Ref(column, _column_present(field, column), partial(_column_param, field))
    kind = cast(Kind, field.type.sql_kind)
    source = _column("data", levels)
    value = DataValue(field.type.comparable_key(field), kind, source=source)
    return Ref(value, Q(IsNull(value, False)))


def _column_param(field: FieldDef, comparable: Any) -> Any:
    """A column holds the value itself, not what stands in JSON for it."""
    return field.type.from_comparable(field, comparable)


def _output(field: FieldDef) -> Field[Any, Any]:
    if field.column:
        return DateTimeField()
    return BigIntegerField() if field.type.sql_kind == "bigint" else TextField()
