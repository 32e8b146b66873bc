"""The apostrophe that keeps spreadsheets from running a text as a formula: put before, taken away again."""

from __future__ import annotations

import re
from typing import Any

from records.exports.cells import FORMULA_MARKS

_NUMBER = re.compile(r"[+-]?[\d\s().,]*\Z")


def _marked(text: str) -> bool:
    """Also one that has apostrophes already, or those would be taken for ours."""
    return text.lstrip("'").startswith(FORMULA_MARKS)


def harmless(cell: Any) -> Any:
    """For CSV, which has no other way to say that a cell is text; plain numbers stay."""
    if isinstance(cell, str) and _marked(cell) and not _NUMBER.match(cell):
        return f"'{cell}"
    return cell


def as_text(cell: Any) -> Any:
    """For workbooks, whose cells know that they are texts: only what `plain` would take away is doubled."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] == "'" and _marked(cell) else cell


def plain(cell: Any) -> Any:
    """The cell as it was before an export made it harmless."""
    return cell[1:] if isinstance(cell, str) and cell[:1] == "'" and _marked(cell) else cell
