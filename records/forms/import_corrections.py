"""Corrections of what a dry run could not read: from the faults on the screen into the mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from crm_config.definitions import TypeDef
from records.imports.mapping import ImportMapping
from records.imports.outcomes import KEPT_OF_A_VALUE

#: Reading the value as another one would not help.
NOT_THE_VALUE = frozenset(
    {
        "not_unique",
        "required",
        "read_only",
        "forbidden",
        "outside_scope",
        "unknown_field",
        "too_long",
    }
)
SHOWN = 50


@dataclass(frozen=True)
class FaultGroup:
    """Rows with one fault. `choices` are the options of a choice field; `correctable` says whether another
    reading of the value may help."""

    number: int
    count: int
    column: str
    field: str
    value: str
    message: str
    rows: Sequence[int]
    correctable: bool
    choices: Sequence[tuple[str, str]] = ()


def groups(summary: Mapping[str, Any], record_type: TypeDef | None) -> list[FaultGroup]:
    return [
        _group(number, raw, record_type)
        for number, raw in enumerate(summary.get("faults", [])[:SHOWN])
    ]


def _group(number: int, raw: Mapping[str, Any], record_type: TypeDef | None) -> FaultGroup:
    f = record_type.all_fields.get(raw["field"]) if record_type else None
    short = 0 < len(raw["value"]) < KEPT_OF_A_VALUE
    choices = [(o.key, o.label) for o in f.choices if not o.retired] if f else []
    return FaultGroup(
        number,
        raw["count"],
        raw["column"],
        f.label if f else raw["field"],
        raw["value"],
        raw["message"],
        raw["rows"],
        correctable=bool(raw["column"] and short and raw["code"] not in NOT_THE_VALUE),
        choices=choices,
    )


def corrected(
    mapping: ImportMapping, summary: Mapping[str, Any], given: QueryDict
) -> ImportMapping:
    """The mapping with what the form says: `as-<n>` is another text, `empty-<n>` says to leave it empty."""
    columns = list(mapping.columns)
    for number, fault in enumerate(summary.get("faults", [])[:SHOWN]):
        text, leave_empty = given.get(f"as-{number}", "").strip(), given.get(f"empty-{number}")
        if not text and not leave_empty:
            continue
        for place, column in enumerate(columns):
            if column.column == fault["column"] and column.key == fault["field"]:
                read_as = {**column.read_as, fault["value"].strip(): None if leave_empty else text}
                columns[place] = replace(column, read_as=read_as)
    return replace(mapping, columns=tuple(columns))
