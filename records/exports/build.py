"""An export: the rows that its asker may take along, as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import tablib
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import CSV, XLSX, Format

from crm_config.definitions import FieldDef, TypeDef
from jobs.models import Job
from jobs.runs import JobRun
from jobs.services import enqueue
from records.access import Access
from records.exports.cells import cell, harmless
from records.exports.files import keep
from records.selection import Selection, how_many
from records.selectors import Query, RecordView, page

KIND = "records.export"
#: Up to here the file comes at once; beyond, a job writes it.
AT_ONCE = 2_000
CHUNK = 500

FORMATS: dict[str, tuple[Any, type[Format]]] = {
    "xlsx": (_("Excel (XLSX)"), XLSX),
    "csv": (_("CSV"), CSV),
}


@dataclass(frozen=True)
class Export:
    """`readable`: labels and names; otherwise as an import takes it back."""

    selection: Selection
    columns: Sequence[str] = field(default_factory=tuple)
    sort: str = ""
    format: str = "xlsx"
    readable: bool = True

    def json(self) -> dict[str, Any]:
        return {
            "selection": self.selection.json(),
            "columns": list(self.columns),
            "sort": self.sort,
            "format": self.format,
            "readable": self.readable,
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Export:
        return cls(
            Selection.of(kept["selection"]),
            tuple(kept["columns"]),
            kept["sort"],
            kept["format"],
            kept["readable"],
        )

    def file_name(self, record_type: TypeDef) -> str:
        day = timezone.localdate().isoformat()
        return f"{slugify(record_type.plural_label) or record_type.key}-{day}.{self.format}"

    @property
    def content_type(self) -> str:
        return str(FORMATS[self.format][1]().get_content_type())


def size_of(export: Export, *, access: Access) -> int:
    return how_many(export.selection, access=access, action="export").number


def build(export: Export, *, access: Access, report: Callable[[int], None] | None = None) -> bytes:
    """Only records whose export is granted. `report` is told how many rows there are so far."""
    record_type = export.selection.record_type(access)
    columns = access.shown(record_type, export.columns)
    data = tablib.Dataset(headers=["id", *(_heading(f, export) for f in columns)])
    keys = [f.key for f in columns]
    query = export.selection.query(
        record_type, action="export", sort=export.sort, columns=keys or ["title"]
    )
    for record in _records(query, access):
        cells = [cell(record, f, readable=export.readable) for f in columns]
        data.append([str(record.id), *cells])
        if report is not None:
            report(len(data))
    made = FORMATS[export.format][1]().export_data(data)
    return made if isinstance(made, bytes) else b"\xef\xbb\xbf" + made.encode()


def _records(query: Query, access: Access) -> Iterator[RecordView]:
    """In the list's order."""
    cursor: str | None = ""
    while cursor is not None:
        found = page(query, access=access, cursor=cursor, size=CHUNK)
        yield from found.rows
        cursor = found.next


def _heading(f: FieldDef, export: Export) -> str:
    return harmless(f.label) if export.readable else f.key


def start(export: Export, *, access: Access) -> Job:
    return enqueue(
        kind=KIND, args=export.json(), user=access.user, total=size_of(export, access=access)
    )


def run(run: JobRun) -> dict[str, Any]:
    """Writes the file where only its asker's page finds it; started again, it writes it again."""
    access = Access.of(run.job.created_by or AnonymousUser())
    export = Export.of(run.args)
    made = build(export, access=access, report=run.progress)
    stored = keep(run.job, made, export.format)
    record_type = export.selection.record_type(access)
    columns = [f.key for f in access.shown(record_type, export.columns)]
    return {"stored": stored, "name": export.file_name(record_type), "columns": columns}


def may_fetch(job: Job, *, access: Access) -> bool:
    """Whether its asker still may export, and read every column of the file."""
    export = Export.of(job.args)
    record_type = access.snapshot.types.get(export.selection.type)
    if record_type is None or not access.may("export", record_type):
        return False
    columns = (job.result or {}).get("columns", export.columns)
    return access.readable(record_type).issuperset(columns)
