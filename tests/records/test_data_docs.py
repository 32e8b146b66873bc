"""The pages about data say what the code does."""

import re
from pathlib import Path

from records.audit.faults import KINDS
from records.conversions.table import CONVERSIONS

DOCS = Path(__file__).resolve().parents[2] / "docs"
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \|", re.M)


def test_every_fault_that_the_audit_finds_is_described() -> None:
    rows = dict(ROW.findall((DOCS / "operators-data.md").read_text()))
    assert rows.keys() == KINDS.keys()
    assert {code for code, told in rows.items() if told.startswith("note:")} == {
        kind.code for kind in KINDS.values() if kind.note
    }


def test_every_change_of_kind_is_listed() -> None:
    page = (DOCS / "field-types.md").read_text().partition("## Changing the kind")[2]
    rows = {old: set(re.findall(r"`(\w+)`", new)) for old, new in ROW.findall(page)}
    assert rows == {old: set(new) - {old} for old, new in CONVERSIONS.items()}
