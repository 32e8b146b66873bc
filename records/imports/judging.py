"""Remarks: what the mapping asks to be told of rows that are good enough to be written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm_config.conditions.api import Standpoint, StoredSubject
from crm_config.definitions import FieldDef
from crm_config.field_types.base import ValueRefused
from crm_config.norm import keeps_norm, norm_of
from records.imports.lines import Line
from records.imports.plan import Plan

#: Values remembered between rows.
KEPT = 20_000


def remarks(line: Line, plan: Plan, standpoint: Standpoint) -> list[str]:
    """The keys of the remarks that fit what the row itself says."""
    if not plan.remarks:
        return []
    subject = _subject(line, plan)
    return [key for key, condition in plan.remarks.items() if condition.test(subject, standpoint)]


def _subject(line: Line, plan: Plan) -> StoredSubject:
    subject = StoredSubject(plan.record_type, line.record_id, {}, {}, {}, {}, {})
    for key in line.values.keys() & plan.remarked:
        f = plan.record_type.all_fields[key]
        value = _value(plan, f, line.values[key])
        if value is not None:
            _put(subject, f, value)
    for key in line.pending:
        subject.links[key] = [StoredSubject(plan.record_type)]  # type: ignore[index]
    return subject


def _value(plan: Plan, f: FieldDef, raw: Any) -> Any:
    """None for what cannot be read. Kept, for columns repeat themselves."""
    known = (f.key, str(raw))
    if len(plan.values) > KEPT:
        plan.values.clear()
    if known not in plan.values:
        try:
            plan.values[known] = f.type.coerce(f, raw, plan.context)
        except ValueRefused:
            plan.values[known] = None
    return plan.values[known]


def _put(subject: Any, f: FieldDef, value: Any) -> None:
    if f.column:
        subject.columns[f.key] = value
    elif f.type.storage == "links":
        subject.links[f.key] = _linked(subject, value)
    else:
        column = subject.long_data if f.type.storage == "long_data" else subject.data
        column.update(f.type.dump(f, value))
        if keeps_norm(f):
            subject.norms[f.key] = norm_of(f, value)


def _linked(subject: Any, ids: Iterable[int]) -> list[StoredSubject]:
    """That they are there is all that a row's conditions can ask."""
    return [StoredSubject(subject.type, pk) for pk in ids]
