"""What a run came to: counts, and its faults, corrections and remarks by kind, the most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from records.imports.outcomes import RowOutcome

#: Kinds beyond these are counted together: nobody reads thousands, and the sheet has them all.
KEPT = 200
EXAMPLES = 5


@dataclass
class Group:
    """Rows with the same fault, correction or remark; `rows` are the first of them."""

    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, row: int) -> None:
        self.count += 1
        if len(self.rows) < EXAMPLES:
            self.rows.append(row)


@dataclass
class Summary:
    """`counts` by status, with `faulty`, `corrected` and `remarked` rows."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: dict[tuple[str, ...], Group] = field(default_factory=dict)
    corrections: dict[tuple[str, ...], Group] = field(default_factory=dict)
    remarks: dict[tuple[str, ...], Group] = field(default_factory=dict)

    def add(self, row: int, outcome: RowOutcome) -> None:
        self.counts[outcome.status] += 1
        self.counts["rows"] += 1
        for name in ("faults", "corrections", "remarks"):
            if getattr(outcome, name):
                self.counts[ROWS_WITH[name]] += 1
        for fault in outcome.faults:
            told = (fault.code, fault.column, fault.field, fault.value, fault.message)
            self._note(self.faults, told, row)
        for correction in outcome.corrections:
            kind = (correction.column, correction.found, correction.read_as)
            self._note(self.corrections, kind, row)
        for remark in outcome.remarks:
            self._note(self.remarks, (remark,), row)

    @staticmethod
    def _note(groups: dict[tuple[str, ...], Group], kind: tuple[str, ...], row: int) -> None:
        groups.setdefault(kind, Group()).add(row)

    def dump(self) -> dict[str, Any]:
        return {
            "faults": _listed(self.faults, FAULT),
            "corrections": _listed(self.corrections, CORRECTION),
            "remarks": _listed(self.remarks, REMARK),
            "others": {
                name: max(0, len(getattr(self, name)) - KEPT)
                for name in ("faults", "corrections", "remarks")
            },
        }


ROWS_WITH = {"faults": "faulty", "corrections": "corrected", "remarks": "remarked"}
FAULT = ("code", "column", "field", "value", "message")
CORRECTION = ("column", "found", "read_as")
REMARK = ("key",)


def _listed(
    groups: Mapping[tuple[str, ...], Group], names: tuple[str, ...]
) -> list[dict[str, Any]]:
    ordered = sorted(groups.items(), key=lambda item: (-item[1].count, item[0]))
    return [
        {**dict(zip(names, kind, strict=True)), "count": group.count, "rows": group.rows}
        for kind, group in ordered[:KEPT]
    ]


def summarise(outcomes: Iterable[tuple[int, RowOutcome]]) -> Summary:
    found = Summary()
    for row, outcome in outcomes:
        found.add(row, outcome)
    return found
