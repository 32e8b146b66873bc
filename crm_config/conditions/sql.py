"""The SQL compiler: a condition as a `Q` over records. The one module here that knows the ORM.

Every leaf is true or false, never NULL, so that `~Q` is exact. Other records are reached by EXISTS,
never by joins with the query's own rows: a record is found once, however many links lead to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce, singledispatchmethod
from operator import and_
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
from crm_config.expressions import (
    Column,
    DataValue,
    Kind,
    Rows,
    Total,
    always,
    either,
    never,
    settled,
    unelided,
)
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
        found = [self.of(part) for part in node.nodes]
        return reduce(and_, found) if found else always()

    @of.register
    def _any(self, node: AnyOf) -> Q:
        return either(self.of(part) for part in node.nodes)

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
        inner = self._steps(path, steps[1:], leaf, 0, depth + 1)
        rows = self._linked(FORWARD, step.key, step.targets, start + 1).filter(inner)
        found = self._guarded(Q(Exists(rows)), step.sources, step.types, start)
        return found if step.whole else of_types(step.types, up("pk", start)) & found

    def _linked(self, way: Way, key: str, types: Sequence[TypeDef], levels: int) -> QuerySet[Any]:
        """The records of these types that are seen and that links of the key join with the record so
        many queries up. A link stands once, so each record does."""
        joined = {f"{way.join}__field": key, f"{way.join}__{way.near}": up("pk", levels)}
        return _records().filter(self._in_reach(types), **joined)

    def _in_reach(self, types: Sequence[TypeDef]) -> Q:
        return either(self._seen(record_type) for record_type in types)

    def _seen(self, record_type: TypeDef) -> Q:
        here, seen = of_types((record_type,), F("pk")), self.reach.q(record_type)
        return here if seen is None else here & unelided(seen)

    @of.register
    def _related(self, node: Related) -> Q:
        where = Not(node.where) if node.quantifier == "all" else node.where
        found = Q(Exists(self._fitting(node.relation, where)))
        return found if node.quantifier == "some" else ~found

    @of.register
    def _aggregate(self, node: Aggregate) -> Q:
        operator, operand = node.operator.positive, node.operand.resolve(self.standpoint)
        if operand is None:
            return always() if node.operator.negated else never()
        rows, ref = self._fitting(node.relation, node.where), self._figure(node)
        if node.path is not None:
            rows = self._with_figure(rows, node.path)
        verdict = Case(When(operator.q(ref, operand), then=Value(True)), default=Value(False))
        holds = rows.annotate(verdict=verdict).values("verdict")
        found = Q(Subquery(holds, output_field=BooleanField()))
        return ~found if node.operator.negated else found

    def _with_figure(self, rows: QuerySet[Any], path: FieldPath) -> QuerySet[Any]:
        """The rows that have the field; where it is hidden, it counts as empty."""
        if not path.whole:
            rows = rows.filter(of_types(path.types, F("pk")))
        guard = self._guard(path.fields, path.types)
        return rows if guard is None else rows.filter(guard)

    def _figure(self, node: Aggregate) -> Ref:
        if node.path is None:
            return Ref(Rows(), always())
        value = _value(node.path)
        if node.function == "sum":
            return Ref(Total(value.value), always())
        function, output = node.function.upper(), _output(node.path.field)
        figure = Func(value.value, function=function, output_field=output)
        return replace(value, value=figure, present=Q(IsNull(figure, False)))

    def _fitting(self, relation: Relation, where: Node) -> QuerySet[Any]:
        """The related records that are seen, not archived and fit the condition."""
        way = FORWARD if relation.forward else BACKWARD
        rows = self._linked(way, relation.link_key, relation.far, 1)
        if not relation.whole:
            rows = rows.filter(of_types(relation.sources, OuterRef("pk")))
        guard = self._guard(relation.links, relation.sources, 1 if relation.forward else 0)
        if guard is not None:
            rows = rows.filter(guard)
        return rows.filter(self.of(where), archived_at__isnull=True)

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
        """What the operator reads of the field, in the query so many levels up: nothing where it is hidden."""
        ref, guard = self._open_ref(path, operator, up), self._guard(path.fields, path.types, up)
        if guard is None:
            return ref
        linked_to = ref.linked_to
        if linked_to is not None:
            return Ref(None, ref.present & guard, linked_to=lambda ids: linked_to(ids) & guard)
        return replace(ref, present=ref.present & guard)

    def _guarded(
        self, found: Q, fields: Mapping[str, FieldDef], types: Sequence[TypeDef], levels: int
    ) -> Q:
        guard = self._guard(fields, types, levels)
        return found if guard is None else found & guard

    def _guard(
        self, fields: Mapping[str, FieldDef], types: Sequence[TypeDef], levels: int = 0
    ) -> Q | None:
        """Where the field may be read, of the record so many queries up; None: wherever the record is seen."""
        known = {t: self.reach.field_q(fields[t.key]) for t in types if t.key in fields}
        if all(q is None for q in known.values()):
            return None
        alone = len(known) == 1
        found = either(
            (always() if alone else of_types((t,), F("pk")))
            & (always() if q is None else settled(q))
            for t, q in known.items()
        )
        if not levels:
            return found
        return Q(Exists(_records().filter(found, pk=up("pk", levels + 1))))

    def _open_ref(self, path: FieldPath, operator: Operator, up: int) -> Ref:
        field = path.field
        if is_link(field):
            return self._link_ref(path)
        if operator.reads == "presence":
            return Ref(None, _presence(path))
        if operator.reads == "norm":
            norm = DataValue(field.key, column="norm", source=_column("norm", up))
            return Ref(norm, Q(IsNull(norm, False)))
        return _value(path, up)

    def _link_ref(self, path: FieldPath) -> Ref:
        """A link to what is not seen is as good as none."""
        links = _links().filter(source_id=OuterRef("pk"), field=path.field.key)

        if self.reach is EVERYWHERE:
            return Ref(
                None,
                Q(Exists(links)),
                linked_to=lambda ids: Q(Exists(links.filter(target_id__in=list(ids)))),
            )
        seen = self._linked(FORWARD, path.field.key, path.targets, 1)
        return Ref(
            None,
            Q(Exists(seen)),
            linked_to=lambda ids: Q(Exists(seen.filter(pk__in=list(ids)))),
        )


@dataclass(frozen=True)
class Way:
    """How a related record is joined with its link, and the link's column for this side."""

    join: str
    near: str


FORWARD = Way("links_in", "source_id")
BACKWARD = Way("links_out", "target_id")


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
    return either(
        Q(GreaterThanOrEqual(column, t.first_id)) & Q(LessThan(column, t.end_id)) for t in types
    )


def _column(name: str, levels: int) -> F | OuterRef | None:
    return up(name, levels) if levels else None


def _presence(path: FieldPath) -> Q:
    if path.field.column:
        return _column_present(path.field, F(path.field.column))
    places = _places(path)
    if len(places) == 1:
        return _parts_present(path.field)
    return either(of_types(types, F("pk")) & _parts_present(field) for field, types in places)


def _parts_present(field: FieldDef) -> Q:
    column: Column = "long_data" if field.type.storage == "long_data" else "data"
    parts = field.type.parts(field)
    return either(Q(IsNull(DataValue(part, column=column), False)) for part in parts)


def _places(path: FieldPath) -> list[tuple[FieldDef, list[TypeDef]]]:
    """Where values stand, and in which types there: fields of one kind and key may have come to it by
    different ways, and then stand under different keys."""
    found: dict[str, tuple[FieldDef, list[TypeDef]]] = {}
    for record_type in path.types:
        field = path.fields[record_type.key]
        found.setdefault(field.stored_key, (field, []))[1].append(record_type)
    return list(found.values())


def _column_present(field: FieldDef, column: F | OuterRef) -> Q:
    present = Q(IsNull(column, False))
    return present & ~Q(Exact(column, "")) if field.type.key == "text" else present


def _value(path: FieldPath, levels: int = 0) -> Ref:
    field = path.field
    if field.column:
        column = up(field.column, levels)
        return Ref(column, _column_present(field, column), partial(_column_param, field))
    places = _places(path)
    value: Case | DataValue = _data_value(field, levels)
    if len(places) > 1:
        here = up("pk", levels)
        cases = [When(of_types(types, here), then=_data_value(f, levels)) for f, types in places]
        value = Case(*cases, output_field=value.output_field)
    return Ref(value, Q(IsNull(value, False)))


def _data_value(field: FieldDef, levels: int) -> DataValue:
    kind = cast(Kind, field.type.sql_kind)
    return DataValue(field.type.comparable_key(field), kind, source=_column("data", levels))


def _column_param(field: FieldDef, comparable: Any) -> Any:
    """A column holds the value itself, not what stands in JSON for it."""
    return field.type.from_comparable(field, comparable)


def _output(field: FieldDef) -> Field[Any, Any]:
    if field.column:
        return DateTimeField()
    return BigIntegerField() if field.type.sql_kind == "bigint" else TextField()
