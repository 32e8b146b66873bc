"""A file's rows, kept in chunks: read once, so that a dry run, the run and a sheet of faults tell of the same."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from records.imports.formats import named
from records.imports.limits import CHUNK
from records.imports.settings import FileSettings
from records.imports.table import Row
from records.models import ImportChunk, ImportRun


def content_of(run: ImportRun) -> bytes:
    with run.file.open("rb") as stored:
        content: bytes = stored.read()
    return content


@transaction.atomic
def stage(run: ImportRun) -> None:
    """Read the file into chunks, unless they are there. Raises `FileRefused`."""
    if run.staged == run.file_settings:
        return
    settings = FileSettings.load(run.file_settings)
    table, _settled = named(settings.format).table(content_of(run), settings)
    run.chunks.all().delete()
    run.rows = 0
    for number, rows in enumerate(_batches(table.rows)):
        run.rows += len(rows)
        ImportChunk.objects.create(run=run, number=number, rows=[packed(row) for row in rows])
    run.staged = run.file_settings
    run.save(update_fields=["rows", "staged"])


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    stream = iter(rows)
    while batch := list(islice(stream, CHUNK)):
        yield batch


def packed(row: Row) -> list[Any]:
    told = [list(row.troubles)] if row.troubles else []
    return [row.number, [storable(cell) for cell in row.cells], *told]


def unpacked(raw: list[Any]) -> Row:
    return Row(raw[0], raw[1], tuple(raw[2]) if len(raw) > 2 else ())


def storable(cell: Any) -> Any:
    """As databases keep JSON: without zero characters, halves of characters, and infinite numbers, which are
    told as texts, so that they are refused rather than lost."""
    if isinstance(cell, str):
        return cell.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    if isinstance(cell, list):
        return [storable(each) for each in cell]
    if isinstance(cell, dict):
        return {storable(key): storable(value) for key, value in cell.items()}
    return cell
