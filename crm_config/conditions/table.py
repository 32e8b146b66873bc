"""The table of operators for the documentation, made from the field types themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.utils.translation import override

from crm_config.field_types import registry
from crm_config.field_types.base import FieldType
from crm_config.operators.base import Operator

#: How an operand is written, by its kind.
OPERANDS: Mapping[str, str] = {
    "none": "none",
    "one": "a value of the field",
    "many": "a list of values",
    "range": "`[low, high]`, both included",
    "text": "a text",
    "texts": "a list of texts",
    "part": "a text",
    "moment": "a day, a point in time, or a dynamic one",
    "moments": "a list of those",
    "moment_range": "`[first, last]`, both included",
    "period": "a period",
    "records": "a list of record ids",
}


def operator_table() -> str:
    """Markdown, in English: the field types that share their operators, and a table of these."""
    with override("en"):
        return "\n".join(_family(operators, types) for operators, types in _families())


def _family(operators: tuple[Operator, ...], types: list[FieldType]) -> str:
    names = ", ".join(f"{t.label} (`{t.key}`)" for t in types)
    head = ("| operator | reads as | value | empty field |", "|---|---|---|---|")
    return "\n".join((f"**{names}**", "", *head, *map(_row, operators), ""))


def _families() -> Iterator[tuple[tuple[Operator, ...], list[FieldType]]]:
    """The field types that share their operators, beside these."""
    found: dict[tuple[Operator, ...], list[FieldType]] = defaultdict(list)
    for field_type in registry.all_types().values():
        if field_type.operators:
            found[tuple(field_type.operators.values())].append(field_type)
    yield from found.items()


def _row(operator: Operator) -> str:
    value = OPERANDS[operator.operand]
    if operator.symbol:
        value += ", or another field"
    verdict = "true" if operator.negated else "false"
    return f"| `{operator.key}` | {operator.label} | {value} | {verdict} |"
