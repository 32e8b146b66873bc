"""What stands in an exported cell: readable for people, or as an import takes it back."""

from __future__ import annotations

from typing import Any

from crm_config.definitions import FieldDef
from records.selectors import RecordView

#: Spreadsheets take a text that begins so for a formula, and would run it.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
#: Groups of field types whose values have names besides what a file holds.
NAMED = ("choice", "link", "file")


def cell(record: RecordView, f: FieldDef, *, readable: bool) -> str:
    shown = f.type.group in NAMED or f.type.kind in (
        "choice",
        "multi_choice",
        "user",
        "team",
        "link",
    )
    text = record.display(f.key) if readable and shown else record.text(f.key)
    return text if f.type.numeric and _is_number(text) else harmless(text)


def harmless(text: str) -> str:
    """With an apostrophe before what would be run as a formula; an import takes one away again, so that
    a text that has its own gets another."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_MARKS) else text


def _is_number(text: Any) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
