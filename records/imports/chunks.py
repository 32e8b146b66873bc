"""One chunk of a run: its rows go through the engine, and its mark is written with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.api import Standpoint
from crm_config.field_types.base import ValueRefused, is_blank
from records.gate.uniques import Key as UniqueKey
from records.imports.judging import remarks
from records.imports.lines import Line
from records.imports.matching import ROW
from records.imports.outcomes import RowOutcome
from records.imports.plan import Plan
from records.imports.resource import RecordResource
from records.imports.staging import unpacked
from records.models import ImportChunk, ImportRun

WRITTEN = 1
LINKED = 2


def rows_of(run: ImportRun, headings: Sequence[str]) -> Iterator[dict[str, Any]]:
    """All rows of a run, cell by heading."""
    chunks = run.chunks.order_by("number").values_list("rows", flat=True)
    for rows in chunks.iterator(chunk_size=20):
        for row in map(unpacked, rows):
            yield {ROW: row.number, **dict(zip(headings, row.cells, strict=False))}


def outcomes_of(run: ImportRun) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """Raw rows with their raw outcomes, as far as the run has come."""
    chunks = run.chunks.order_by("number").values_list("rows", "outcomes")
    for rows, outcomes in chunks.iterator(chunk_size=20):
        yield from zip(rows, outcomes, strict=False)


class ChunkWork:
    """Takes chunks, one after the other, by one plan."""

    def __init__(self, plan: Plan, standpoint: Standpoint, *, dry_run: bool, reason: str) -> None:
        self.plan = plan
        self.standpoint = standpoint
        self.dry_run = dry_run
        self.reason = reason
        self._taken: dict[UniqueKey, int] = {}

    def take(self, chunk: ImportChunk) -> RecordResource:
        """Fill the chunk's outcomes. The caller holds the transaction, and saves the chunk."""
        resource = RecordResource(self.plan, dry_run=self.dry_run, reason=self.reason)
        resource.take([unpacked(raw) for raw in chunk.rows])
        if self.dry_run:
            self._refuse_taken(resource.lines)
        chunk.outcomes = [self._outcome(line, resource) for line in resource.lines]
        if not self.dry_run:
            chunk.passes = WRITTEN
        return resource

    def _outcome(self, line: Line, resource: RecordResource) -> dict[str, Any]:
        status = self._status(line, resource)
        record = resource.outcomes[line.number].id if status != "refused" else line.record_id
        outcome = RowOutcome(status, record, line.faults, line.corrections)  # type: ignore[arg-type]
        if status != "refused":
            outcome.remarks = remarks(line, self.plan, self.standpoint)
        raw = outcome.dump()
        if line.deferred and status != "refused":
            raw["d"] = line.deferred
        return raw

    def _status(self, line: Line, resource: RecordResource) -> str:
        if line.faults:
            return "refused"
        if line.record_id is None:
            return "created"
        return "updated" if resource.outcomes[line.number].changed or line.deferred else "unchanged"

    def _refuse_taken(self, lines: Sequence[Line]) -> None:
        """A dry run writes nothing, so the database cannot tell that two rows share a unique value."""
        fields = [f for f in self.plan.record_type.active if f.unique]
        for line in lines:
            for f in fields if not line.faults else ():
                raw = line.values.get(f.key)
                if is_blank(raw):
                    continue
                try:
                    value = f.type.coerce(f, raw, self.plan.context)
                except ValueRefused:
                    continue
                key = (self.plan.record_type.key, f.key, f.type.unique_text(f, value))
                first = self._taken.setdefault(key, line.number)
                if first != line.number:
                    line.blame(
                        "not_unique",
                        _("Row %(first)s has this value too.") % {"first": first},
                        f.key,
                    )
