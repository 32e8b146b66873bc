"""Rows of a run as sheets to download: as they came, with what became of them beside."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import tablib
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.access import Access
from records.imports import mapping
from records.imports.chunks import outcomes_of
from records.imports.escaping import harmless
from records.imports.formats import named
from records.imports.outcomes import FUTURE, LABELS, RowOutcome, told
from records.imports.table import unique
from records.models import ImportRun
from records.selectors.names import record_url

Which = Callable[[RowOutcome], bool]

#: What can be downloaded, and of which rows.
SHEETS: Mapping[str, tuple[Promise, Which]] = {
    "faults": (gettext_lazy("Rows with faults"), lambda found: bool(found.faults)),
    "created": (gettext_lazy("Rows created"), lambda found: found.status == "created"),
    "updated": (gettext_lazy("Rows updated"), lambda found: found.status == "updated"),
    "unchanged": (gettext_lazy("Rows unchanged"), lambda found: found.status == "unchanged"),
    "refused": (gettext_lazy("Rows refused"), lambda found: found.status == "refused"),
    "corrected": (gettext_lazy("Rows corrected"), lambda found: bool(found.corrections)),
    "remarked": (gettext_lazy("Rows with remarks"), lambda found: bool(found.remarks)),
    "all": (gettext_lazy("All rows"), lambda found: True),
}


def sheet_rows(run: ImportRun, which: str, access: Access) -> Iterator[list[Any]]:
    """Headings first: the file's own, then those of what is told. Raises `KeyError`."""
    _label, wanted = SHEETS[which]
    width = len(run.profile["columns"])
    names = [column["heading"] for column in run.profile["columns"]]
    yield list(unique([*names, *headings()]))
    labels = {remark.key: remark.label for remark in mapping.load(run.mapping).remarks}
    for row, raw in outcomes_of(run):
        outcome = RowOutcome.load(raw)
        if wanted(outcome):
            cells = [shown(cell) for cell in row[1][:width]]
            yield [*cells, row[0], *told_of(outcome, run, labels)]


def headings() -> list[str]:
    return [_("Row"), _("Outcome"), _("Record"), _("Faults"), _("Corrections"), _("Remarks")]


def told_of(outcome: RowOutcome, run: ImportRun, labels: Mapping[str, str]) -> list[Any]:
    words = LABELS if run.is_real else FUTURE
    return [
        str(words[outcome.status]),
        address(outcome.record) if outcome.record else "",
        "\n".join(f"{f.column}: {f.message}" if f.column else f.message for f in outcome.faults),
        "\n".join(f"{c.column}: {c.found} → {c.read_as or '–'}" for c in outcome.corrections),
        "\n".join(labels.get(key, key) for key in outcome.remarks),
    ]


def address(record_id: int) -> str:
    try:
        return record_url(record_id)
    except NoReverseMatch:
        return str(record_id)


def shown(cell: Any) -> Any:
    return told(cell) if isinstance(cell, list | dict) else cell


def as_csv(rows: Iterator[Sequence[Any]]) -> Iterator[str]:
    """Piece by piece, so that a long sheet never stands in memory."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    yield "\ufeff"
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()


def as_xlsx(rows: Iterator[Sequence[Any]], title: str) -> bytes:
    heading = list(next(rows))
    dataset = tablib.Dataset(*rows, headers=heading, title=title)
    exported: bytes = named("xlsx").export_data(dataset)
    return exported
