"""A look over all rows before the first is taken: which repeat a key, and which name one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from crm_config.definitions import TypeDef
from crm_config.field_types.base import ValueRefused
from records.gate.titles import title
from records.imports import cells
from records.imports.keys import Key
from records.imports.mapping import ColumnMap
from records.imports.matching import ROW, key_of
from records.imports.plan import Plan

Row = Mapping[str, Any]


def look_over(plan: Plan, rows: Iterable[Row]) -> None:
    """Fills `plan.repeats` and `plan.own`. Depends on the rows and the mapping alone, so that a run that is
    taken up again decides as it did before."""
    first: dict[Any, int] = {}
    inward = {c.field: c for c in plan.mapping.columns if plan.own_keys(c)}
    named: dict[str, Counter[str]] = {target: Counter() for target in inward}
    known: dict[str, Counter[Any]] = {target: Counter() for target in inward}
    for row in rows:
        if plan.keys and (key := key_of(plan, row)):
            earlier = first.setdefault(key, row[ROW])
            if earlier != row[ROW]:
                plan.repeats[row[ROW]] = earlier
        for target, column in inward.items():
            known[target].update(_own_comparables(plan, column, row))
            f = plan.record_type.all_fields[column.key]
            named[target].update(
                map(str, cells.names(f, cells.read_as(column, cells.cell(column, row))))
            )
    for target, column in inward.items():
        plan.own[target] = _named_rows(plan, column, named[target], known[target])


def _own_comparables(plan: Plan, column: ColumnMap, row: Row) -> set[Any]:
    """What a row is found by, should it become a record."""
    found = set()
    for name in plan.own_keys(column):
        key = Key(plan.record_type, name)
        try:
            raw = _title(plan, row) if name == "title" else _cell_of(plan, name, row)
            comparable = key.comparable(raw, plan.context)
        except ValueRefused:
            continue
        if comparable not in (None, ""):
            found.add(comparable)
    return found


def _cell_of(plan: Plan, name: str, row: Row) -> Any:
    for column in plan.mapping.columns:
        if column.field == name:
            return cells.read_as(column, cells.cell(column, row))
    return None


def _title(plan: Plan, row: Row) -> str:
    """The title that the row's record will have."""
    record_type: TypeDef = plan.record_type
    values = {}
    for name in record_type.title_fields:
        f = record_type.fields.get(name)
        raw = _cell_of(plan, name, row)
        value = f.type.coerce(f, raw, plan.context) if f is not None else None
        if value is not None:
            values[name] = value
    return title(record_type, values)


def _named_rows(
    plan: Plan, column: ColumnMap, named: Counter[str], known: Counter[Any]
) -> dict[str, int]:
    """Of the texts in a link's column, those that name rows of this file, and how many."""
    found = {}
    for text in named:
        for name in plan.own_keys(column):
            try:
                comparable = Key(plan.record_type, name).comparable(text, plan.context)
            except ValueRefused:
                continue
            if count := known.get(comparable, 0):
                found[text] = count
                break
    return found
